using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Turns;

/// <summary>
/// The synchronization context of one running request: what it awaits resumes on its shard, in a turn of its
/// activation, and is still known to belong to this request (its call chain). A context is never used by another
/// activation, so a late continuation of code that nobody awaited can at worst be taken for another request's.
/// </summary>
internal class TurnContext : SynchronizationContext
{
    public TurnContext(Activation? activation) => Activation = activation ?? (Activation)this;

    public Activation Activation { get; }

    /// <summary>The request that runs in this context.</summary>
    public GrainCall? Call { get; set; }

    /// <inheritdoc/>
    public sealed override void Post(SendOrPostCallback d, object? state) =>
        Activation.Shard.Enqueue(Turn.Post(this, d, state));

    /// <inheritdoc/>
    public sealed override void Send(SendOrPostCallback d, object? state)
    {
        if (!Activation.Shard.IsCurrent)
        {
            throw new NotSupportedException("No thread waits for a turn of a grain; use Post.");
        }

        d(state);
    }

    /// <inheritdoc/>
    public sealed override SynchronizationContext CreateCopy() => this;
}
