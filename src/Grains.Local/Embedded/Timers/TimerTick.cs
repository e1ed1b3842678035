using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Timers;

/// <summary>A tick of a grain timer, as a request of its activation.</summary>
internal sealed class TimerTick(GrainTimer timer, bool interleaves, bool keepsAlive)
    : GrainCallWithoutResult("timer", CallOptions.Tick | (interleaves ? CallOptions.AlwaysInterleave : CallOptions.None))
{
    /// <summary>Whether the tick counts as use of the activation.</summary>
    public bool KeepsAlive { get; } = keepsAlive;

    /// <inheritdoc/>
    protected override ValueTask InvokeOn(object grain) => new(timer.Call());

    /// <inheritdoc/>
    protected override GrainCall Duplicate() => throw new NotSupportedException("A tick is never doubled.");

    private protected override void Ended(Exception? error) => timer.Ticked(error);
}
