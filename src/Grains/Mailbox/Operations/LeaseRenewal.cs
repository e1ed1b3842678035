using PosteRestante.Grains.Mailbox.Head;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>Prolongs leases.</summary>
internal static class LeaseRenewal
{
    /// <summary>
    /// Gives the draft's lease its full duration. A renewal that has no other change to ride on is worth a write only when
    /// less than half is left.
    /// </summary>
    public static bool Renew(MailboxHead draft, long now, MailboxOptions options, bool always)
    {
        var lease = draft.Lease!;
        var duration = options.LeaseDuration.Ticks;
        if (!always && lease.EndsAt - now >= duration / 2)
        {
            return false;
        }

        // A lease that had lapsed begins anew: what expired meanwhile is not pinned again.
        draft.Lease = lease with { StartedAt = lease.EndsAt > now ? lease.StartedAt : now, EndsAt = now + duration };
        return true;
    }
}
