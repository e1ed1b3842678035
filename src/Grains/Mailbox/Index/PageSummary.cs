namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>
/// What the level above knows of an index page, so that most questions are answered without reading it. Intents that are
/// not yet folded into the page are not in its counts.
/// </summary>
internal readonly record struct PageSummary
{
    /// <summary>The name of the page, unique in its mailbox and never used twice.</summary>
    public ulong PageId { get; init; }

    /// <summary>Counts over the entries at and below the page.</summary>
    public Tally Tally { get; init; }

    /// <summary>Sequence of the first entry.</summary>
    public long FirstSequence { get; init; }

    /// <summary>Sequence of the last entry.</summary>
    public long LastSequence { get; init; }

    /// <summary>The earliest receipt in UTC ticks.</summary>
    public long EarliestReceipt { get; init; }

    /// <summary>The latest receipt in UTC ticks.</summary>
    public long LatestReceipt { get; init; }

    /// <summary>The earliest expiry in UTC ticks.</summary>
    public long EarliestExpiry { get; init; }

    /// <summary>The summary of a page of entries.</summary>
    public static PageSummary Of(ulong pageId, EntryBlock entries)
    {
        long earliest = long.MaxValue, latest = long.MinValue;
        foreach (var entry in entries)
        {
            earliest = Math.Min(earliest, entry.ReceivedAt);
            latest = Math.Max(latest, entry.ReceivedAt);
        }

        return new PageSummary
        {
            PageId = pageId,
            Tally = entries.Tally,
            FirstSequence = entries.FirstSequence,
            LastSequence = entries.LastSequence,
            EarliestReceipt = earliest,
            LatestReceipt = latest,
            EarliestExpiry = entries.EarliestExpiry,
        };
    }

    /// <summary>The summary of a page of summaries.</summary>
    public static PageSummary Of(ulong pageId, ReadOnlySpan<PageSummary> children)
    {
        var tally = default(Tally);
        long received = long.MaxValue, latest = long.MinValue, expiry = long.MaxValue;
        foreach (ref readonly var child in children)
        {
            tally += child.Tally;
            received = Math.Min(received, child.EarliestReceipt);
            latest = Math.Max(latest, child.LatestReceipt);
            expiry = Math.Min(expiry, child.EarliestExpiry);
        }

        return new PageSummary
        {
            PageId = pageId,
            Tally = tally,
            FirstSequence = children[0].FirstSequence,
            LastSequence = children[^1].LastSequence,
            EarliestReceipt = received,
            LatestReceipt = latest,
            EarliestExpiry = expiry,
        };
    }

    /// <summary>Whether a record received at <paramref name="ticks"/> can be at or below the page.</summary>
    public bool CoversReceipt(long ticks) => EarliestReceipt <= ticks && ticks <= LatestReceipt;

    /// <summary>Whether an entry with this sequence can be at or below the page.</summary>
    public bool CoversSequence(long sequence) => FirstSequence <= sequence && sequence <= LastSequence;
}
