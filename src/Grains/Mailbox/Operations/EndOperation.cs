using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>Gives the lease back, and says in the same step whether something waits that the delivery did not bring.</summary>
internal sealed class EndOperation(EndDelivery request) : HeadOperation
{
    /// <summary>Whether the token held the lease.</summary>
    public bool Freed { get; private set; }

    /// <summary>
    /// Whether undelivered messages wait. Pages are judged by their counts, so it may say yes for one that has just expired,
    /// never no for one that waits.
    /// </summary>
    public bool MoreWaiting { get; private set; }

    /// <inheritdoc/>
    public override bool WantsFreshHead => !Freed;

    /// <inheritdoc/>
    public override bool Apply(MailboxHead draft, long now)
    {
        var lease = draft.Lease;
        Freed = lease is not null && lease.Token == request.Token;
        MoreWaiting = false;
        if (!Freed)
        {
            return false;
        }

        draft.Lease = null;
        MoreWaiting = HasWaiting(draft, lease!.Kind == DeliveryKind.Push ? Brought(request) : lease.SnapshotEnd, now);
        return true;
    }

    /// <summary>In its later runs a push no longer says how far the first came: everything counts.</summary>
    private static long Brought(EndDelivery request) =>
        DeliveryCursor.Of(request.AfterSequence) is { Run: DeliveryRun.First } cursor ? cursor.After : 0;

    private static bool HasWaiting(MailboxHead head, long after, long now)
    {
        if (head.Totals.Undelivered == 0 || head.LastSequence <= after)
        {
            return false;
        }

        foreach (var entry in head.Newest)
        {
            if (entry.Sequence > after && entry.ExpiresAt > now
                && !entry.State.Has(EntryFlags.Delivered | EntryFlags.Parked))
            {
                return true;
            }
        }

        return head.Levels.Any(level => level.Any(page => page.LastSequence > after && page.Tally.Undelivered > 0));
    }
}
