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
        MoreWaiting = HasWaiting(draft, lease!, now);
        return true;
    }

    /// <summary>
    /// Up to where everything was brought. In its later runs a push no longer says how far the first came, and a list leaves
    /// gaps: everything counts.
    /// </summary>
    private long Brought(Lease lease) => lease switch
    {
        { Selection: not null } => 0,
        { Kind: DeliveryKind.Pull } => lease.SnapshotEnd,
        _ => DeliveryCursor.Of(request.AfterSequence) is { Run: DeliveryRun.First } cursor ? cursor.After : 0,
    };

    private bool HasWaiting(MailboxHead head, Lease lease, long now)
    {
        var after = Brought(lease);
        if (head.Totals.Undelivered == 0 || head.LastSequence <= after)
        {
            return false;
        }

        foreach (var entry in head.Newest)
        {
            if (entry.Sequence > after && entry.ExpiresAt > now && lease.Selection?.Contains(entry.Sequence) != true
                && !entry.State.Has(EntryFlags.Delivered | EntryFlags.Parked))
            {
                return true;
            }
        }

        return head.Levels.Any(level => level.Any(page => page.LastSequence > after && page.Tally.Undelivered > 0));
    }
}
