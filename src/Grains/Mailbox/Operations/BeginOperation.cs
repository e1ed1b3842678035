using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>Takes the delivery lease for a snapshot that was counted before.</summary>
/// <param name="request">Who asks.</param>
/// <param name="snapshot">The lease as it shall be but for its token and end.</param>
/// <param name="lineage">The lineage of the head by which it was counted.</param>
/// <param name="options">The lease's duration.</param>
internal sealed class BeginOperation(BeginDelivery request, Lease snapshot, int lineage, MailboxOptions options) : HeadOperation
{
    /// <summary>The lease that the session holds now; null when another delivery is live.</summary>
    public Lease? Held { get; private set; }

    /// <summary>Whether another activation wrote since the snapshot was counted: count again.</summary>
    public bool CountAgain { get; private set; }

    /// <summary>Whether it took the lease from a live delivery.</summary>
    public bool Preempted { get; private set; }

    /// <inheritdoc/>
    public override bool WantsFreshHead => true;

    /// <inheritdoc/>
    public override bool Apply(MailboxHead draft, long now)
    {
        Held = draft.Lease;
        (Preempted, CountAgain) = (false, false);
        if (Held is not null && string.Equals(Held.SessionId, request.SessionId, StringComparison.Ordinal))
        {
            var renewed = LeaseRenewal.Renew(draft, now, options, always: false);
            Held = draft.Lease;
            return renewed;
        }

        var live = Held?.EndsAt > now;
        if (live && request.Kind == DeliveryKind.Push)
        {
            Held = null;
            return false;
        }

        CountAgain = draft.Lineage != lineage;
        if (CountAgain)
        {
            return false;
        }

        Preempted = live;
        draft.LastToken = Lease.NextToken(draft.LastToken, request.Kind);
        Held = draft.Lease = snapshot with { Token = draft.LastToken, EndsAt = now + options.LeaseDuration.Ticks };
        return true;
    }
}
