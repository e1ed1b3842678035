using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Collects the next entries of a delivery. A delivery runs through the index twice: first all that never failed for their
/// own sake, then those that did, unless it was under this very lease.
/// </summary>
internal sealed class DeliveryQuery(MailboxHead head, Lease lease, bool last, long after, long now, int maxEntries, long maxOctets)
    : IndexQuery
{
    /// <summary>The entries, with their present state.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Octets of their messages.</summary>
    public long Octets { get; private set; }

    /// <summary>Whether there is one more than fits.</summary>
    public bool HasMore { get; private set; }

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page)
    {
        if (page.LastSequence <= after || page.FirstSequence > lease.SnapshotEnd)
        {
            return false;
        }

        return last
            ? page.Tally.GoLast > 0 || HasIntents(page)
            : lease.IncludeDelivered || page.Tally.Undelivered > 0;
    }

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        if (entry.Sequence <= after || !head.Overlay(ref current) || !IsWanted(current))
        {
            return true;
        }

        if (Entries.Count > 0 && (Entries.Count >= maxEntries || Octets + current.Size > maxOctets))
        {
            HasMore = true;
            return false;
        }

        Entries.Add(current);
        Octets += current.Size;
        return true;
    }

    private bool IsWanted(in Entry entry) =>
        lease.Selects(entry)
        && !head.IsDue(entry, now)
        && entry.State.Has(EntryFlags.GoesLast) == last
        && (!last || entry.State.FaultToken < lease.Token);

    private bool HasIntents(in PageSummary page)
    {
        var at = head.IndexOfIntent(page.FirstSequence);
        at = at < 0 ? ~at : at;
        return at < head.Intents.Length && head.Intents[at].Sequence <= page.LastSequence;
    }
}
