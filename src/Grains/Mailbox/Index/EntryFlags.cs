namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>What is true of an entry. Written to records: values are never reused.</summary>
[Flags]
internal enum EntryFlags : byte
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>The 2xx to its deposit was decided; only then may it cause a report (RFC 5438 8.2).</summary>
    Accepted = 1,

    /// <summary>A delivery of it was confirmed.</summary>
    Delivered = 2,

    /// <summary>It failed for its own sake: it comes after all others at the next contact.</summary>
    GoesLast = 4,

    /// <summary>It failed again when it went last: push leaves it out; its owner's pull brings it after all others.</summary>
    Parked = 8,

    /// <summary>It came over MSRP, not as a pager message.</summary>
    Large = 16,
}
