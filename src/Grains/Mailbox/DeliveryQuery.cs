using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Collects the next entries of a delivery in one of its runs through the index. An entry that failed under this very lease
/// does not come again.
/// </summary>
internal sealed class DeliveryQuery(
    MailboxHead head, Lease lease, DeliveryRun run, long after, long now, int maxEntries, long maxOctets)
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

        return run switch
        {
            DeliveryRun.First => lease.IncludeDelivered || page.Tally.Undelivered > 0,
            DeliveryRun.Last => page.Tally.GoLast > 0 || head.HasIntents(page),
            _ => lease.Kind == DeliveryKind.Pull && (page.Tally.Parked > 0 || head.HasIntents(page)),
        };
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
        && RunOf(entry.State) == run
        && (run == DeliveryRun.First || entry.State.FaultToken < lease.Token);

    private static DeliveryRun RunOf(EntryState state) =>
        state.Has(EntryFlags.Parked) ? DeliveryRun.Parked
        : state.Has(EntryFlags.GoesLast) ? DeliveryRun.Last
        : DeliveryRun.First;
}
