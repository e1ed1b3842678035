namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>Counts over entries; they add up.</summary>
internal record struct Tally
{
    /// <summary>Entries.</summary>
    public int Count { get; set; }

    /// <summary>Octets of their messages.</summary>
    public long Octets { get; set; }

    /// <summary>Those neither delivered nor parked.</summary>
    public int Undelivered { get; set; }

    /// <summary>Those that go last, without the parked ones.</summary>
    public int GoLast { get; set; }

    /// <summary>The parked ones.</summary>
    public int Parked { get; set; }

    /// <summary>The tally of one entry.</summary>
    public static Tally Of(EntryFlags flags, long size)
    {
        var parked = (flags & EntryFlags.Parked) != EntryFlags.None;
        return new Tally
        {
            Count = 1,
            Octets = size,
            Undelivered = !parked && (flags & EntryFlags.Delivered) == EntryFlags.None ? 1 : 0,
            GoLast = !parked && (flags & EntryFlags.GoesLast) != EntryFlags.None ? 1 : 0,
            Parked = parked ? 1 : 0,
        };
    }

    /// <summary>Adds two tallies.</summary>
    public static Tally operator +(Tally a, Tally b) => new()
    {
        Count = a.Count + b.Count,
        Octets = a.Octets + b.Octets,
        Undelivered = a.Undelivered + b.Undelivered,
        GoLast = a.GoLast + b.GoLast,
        Parked = a.Parked + b.Parked,
    };

    /// <summary>Subtracts a tally.</summary>
    public static Tally operator -(Tally a, Tally b) => new()
    {
        Count = a.Count - b.Count,
        Octets = a.Octets - b.Octets,
        Undelivered = a.Undelivered - b.Undelivered,
        GoLast = a.GoLast - b.GoLast,
        Parked = a.Parked - b.Parked,
    };
}
