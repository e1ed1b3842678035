namespace Orleans.Embedded.Timers;

/// <summary>Something that becomes due; it is its own place in the wheel.</summary>
internal abstract class WheelEntry
{
    internal WheelEntry? Next { get; set; }

    internal WheelEntry? Previous { get; set; }

    internal long Tick { get; set; }

    internal bool IsScheduled { get; set; }

    /// <summary>Orders what is due in the same tick as it was scheduled.</summary>
    internal long Order { get; set; }

    /// <summary>It is due: on the shard, outside any activation's turn.</summary>
    public abstract void Due();
}
