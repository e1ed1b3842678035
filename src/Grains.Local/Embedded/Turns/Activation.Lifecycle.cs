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
            _departure = Departure.For(deactivationReason);
            if (State == ActivationState.Active)
            {
                State = ActivationState.Leaving;
                EndIfQuiet();
            }
        }
    }

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
        State = _departure is null ? ActivationState.Active : ActivationState.Leaving;
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

    /// <summary>Why it goes; only activations that go have one.</summary>
    private sealed record Departure(DeactivationReason Reason)
    {
        private static readonly Departure Requested =
            new(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(GrainBaseExtensions.DeactivateOnIdle)} was called."));

        // A message grain goes after each request: its reason is always this one.
        public static Departure For(DeactivationReason reason) =>
            reason is { ReasonCode: DeactivationReasonCode.ApplicationRequested, Exception: null } ? Requested : new(reason);
    }
}
