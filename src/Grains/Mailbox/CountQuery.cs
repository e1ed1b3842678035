using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// How many entries a delivery would bring. The counts of the index say it alone, but for what has expired, and for parked
/// entries when delivered ones are left out: these are looked at one by one.
/// </summary>
internal sealed class CountQuery : IndexQuery
{
    private readonly MailboxHead _head;
    private readonly EntryFlags _excluded;
    private readonly long _now;
    private readonly bool _addsParked;

    public CountQuery(MailboxHead head, DeliveryKind kind, bool includeDelivered, long now)
    {
        var totals = head.Totals;
        _head = head;
        _excluded = Lease.Excluded(kind, includeDelivered);
        _now = now;
        _addsParked = kind == DeliveryKind.Pull && !includeDelivered && totals.Parked > 0;
        Count = !includeDelivered ? totals.Undelivered
            : kind == DeliveryKind.Pull ? totals.Count
            : totals.Count - totals.Parked;
        NeedsWalk = _addsParked || (Count > 0 && head.EarliestExpiry <= now);
    }

    /// <summary>How many; after the walk, where one is needed.</summary>
    public int Count { get; private set; }

    /// <summary>Whether entries have to be looked at.</summary>
    public bool NeedsWalk { get; }

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) =>
        page.EarliestExpiry <= _now || (_addsParked && (page.Tally.Parked > 0 || _head.HasIntents(page)));

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        if (!_head.Overlay(ref current) || current.State.Has(_excluded))
        {
            return true;
        }

        var isDue = entry.ExpiresAt <= _now;
        if (_addsParked && current.State.Has(EntryFlags.Parked))
        {
            Count += isDue ? 0 : 1; // not in the count of the undelivered
        }
        else if (isDue)
        {
            Count--;
        }

        return true;
    }
}
