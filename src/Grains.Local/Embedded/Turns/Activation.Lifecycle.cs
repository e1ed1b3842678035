using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Turns;

/// <content>How an activation begins and ends.</content>
internal sealed partial class Activation
{
    /// <summary>Makes the grain object and activates it; calls wait until that is done.</summary>
    /// <param name="first">The call that it is made for: what <c>OnActivateAsync</c> calls belongs to its chain.</param>
    public void Begin(GrainCall first)
    {
        Wait(first);
        try
        {
            _instance = ActivationScope.Make(this);
        }
        catch (Exception error)
        {
            Fail(error);
            return;
        }

        if (Class.HasActivate)
        {
            Call = first;
            SetSynchronizationContext(this);
            _ = ActivateAsync();
        }
        else
        {
            State = ActivationState.Active;
            Run(Unwait());
        }
    }

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (State is ActivationState.Activating or ActivationState.Active)
        {
            Going.Reason = deactivationReason;
            _leaving = true;
            if (State == ActivationState.Active)
            {
                State = ActivationState.Leaving;
                EndIfQuiet();
            }
        }
    }

    /// <summary>Completes a promise when it has ended.</summary>
    public void WhenEnded(TaskCompletionSource ended) => Going.Ended = ended;

    private async Task ActivateAsync()
    {
        try
        {
            await ((IGrainBase)_instance!).OnActivateAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            Call = null;
            Fail(error);
            return;
        }

        Call = null;
        State = _leaving ? ActivationState.Leaving : ActivationState.Active;
        EndIfQuiet();
        PumpLater();
    }

    private void EndIfQuiet()
    {
        if (State != ActivationState.Leaving || _running > 0)
        {
            return;
        }

        State = ActivationState.Ending;
        StopTimers();
        if (Class.HasDeactivate)
        {
            // A turn of its own: the request that asked for the end has to be over.
            Shard.Enqueue(Turn.Resume(this, static activation => _ = ((Activation)activation!).DeactivateAsync(), this));
        }
        else
        {
            End();
        }
    }

    private async Task DeactivateAsync()
    {
        try
        {
            if (Class.OverridesDeactivate)
            {
                await ((IGrainBase)_instance!).OnDeactivateAsync(_departure!.Reason, CancellationToken.None);
            }

            switch (_instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
        catch (Exception error)
        {
            Shard.Runtime.LogDeactivationFailed(error, Class.GrainType);
        }

        End();
    }

    // What waits goes to the next activation; ticks end with this one.
    private void End()
    {
        State = ActivationState.Ended;
        Shard.Remove(this);
        _departure?.Ended?.SetResult();
        while (_firstWaiting is not null)
        {
            var call = Unwait();
            if (call.IsTick)
            {
                call.Leave();
            }
            else
            {
                Shard.Enqueue(Turn.Deliver(call));
            }
        }
    }

    private void Fail(Exception error)
    {
        State = ActivationState.Ended;
        StopTimers();
        Shard.Remove(this);
        _departure?.Ended?.SetResult();
        while (_firstWaiting is not null)
        {
            Unwait().Refuse(error, Shard);
        }
    }

    private void StopTimers()
    {
        while (_timers is { } timer)
        {
            timer.Dispose();
        }
    }

    private Departure Going => _departure ??= new Departure();

    /// <summary>Why it goes, and who waits for that; only activations that go have one.</summary>
    private sealed class Departure
    {
        public DeactivationReason Reason { get; set; }

        public TaskCompletionSource? Ended { get; set; }
    }
}
