namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>The part of an entry that deliveries change.</summary>
internal record struct EntryState
{
    /// <summary>What is true of it.</summary>
    public EntryFlags Flags { get; set; }

    /// <summary>How often it was in doubt since it was last delivered.</summary>
    public int InDoubt { get; set; }

    /// <summary>How many deliveries of it were confirmed.</summary>
    public int Generation { get; set; }

    /// <summary>The token of the last confirmed delivery; a repeat of that confirmation counts once.</summary>
    public long DeliveredToken { get; set; }

    /// <summary>The token under which it last failed.</summary>
    public long FaultToken { get; set; }

    /// <summary>When a delivery was last confirmed, in UTC ticks; 0 when none was.</summary>
    public long DeliveredAt { get; set; }

    /// <summary>True when any of <paramref name="flags"/> is set.</summary>
    public readonly bool Has(EntryFlags flags) => (Flags & flags) != EntryFlags.None;
}
