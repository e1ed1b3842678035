using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Begins and ends deliveries: who holds the mailbox, and for which snapshot. Nothing of a delivery is remembered but in
/// the head.
/// </summary>
internal sealed class Deliveries(MailboxParts parts, Housekeeping housekeeping)
{
    /// <summary>Takes the lease.</summary>
    public async ValueTask<DeliveryBegun> BeginAsync(BeginDelivery request)
    {
        var refreshed = false;
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                break;
            }

            var now = parts.Now;
            var selection = request.ByList ? await new SelectionReader(parts).ReadAsync(head, request, now) : null;
            var waiting = !request.ByList ? await CountAsync(head, request, now) : selection?.Sequences.Length ?? -1;
            if (waiting < 0)
            {
                break;
            }

            var mayBegin = waiting > 0 || HoldsAlready(head, request) || IsBusy(head, request, now);
            if (!mayBegin && refreshed)
            {
                return new DeliveryBegun { Outcome = DeliveryOutcome.NothingWaiting };
            }

            if (!mayBegin)
            {
                // "Nothing" is said only by a head that has just been read.
                refreshed = true;
                await parts.Writer.ReloadAsync();
                continue;
            }

            var operation = new BeginOperation(
                request, Snapshot(head, request, waiting, now) with { Selection = selection }, head.Lineage, parts.Options);
            var status = await parts.Writer.ApplyAsync(operation);
            if (status == HeadWriteStatus.Committed && !operation.CountAgain)
            {
                return Answer(operation);
            }

            if (status == HeadWriteStatus.Unavailable)
            {
                break;
            }
        }

        return new DeliveryBegun { Outcome = DeliveryOutcome.StoreUnavailable };
    }

    /// <summary>Gives the lease back.</summary>
    public async ValueTask<DeliveryEnded> EndAsync(EndDelivery request)
    {
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            var operation = new EndOperation(request);
            var status = await parts.Writer.ApplyAsync(operation);
            if (status == HeadWriteStatus.Committed)
            {
                // What the lease pinned may be due by now.
                housekeeping.Schedule(parts.Now);
                return new DeliveryEnded
                {
                    Outcome = operation.Freed ? DeliveryOutcome.Granted : DeliveryOutcome.Superseded,
                    MoreWaiting = operation.MoreWaiting,
                };
            }

            if (status == HeadWriteStatus.Unavailable)
            {
                break;
            }
        }

        return new DeliveryEnded { Outcome = DeliveryOutcome.StoreUnavailable };
    }

    private static DateTimeOffset AsTime(long ticks) => new(ticks, TimeSpan.Zero);

    private static bool HoldsAlready(MailboxHead head, BeginDelivery request) =>
        string.Equals(head.Lease?.SessionId, request.SessionId, StringComparison.Ordinal);

    private static bool IsBusy(MailboxHead head, BeginDelivery request, long now) =>
        request.Kind == DeliveryKind.Push && head.Lease?.EndsAt > now;

    private static Lease Snapshot(MailboxHead head, BeginDelivery request, int waiting, long now) => new()
    {
        SessionId = request.SessionId,
        IncludeDelivered = request.IncludeDelivered,
        StartedAt = now,
        SnapshotEnd = request.Kind == DeliveryKind.Push ? long.MaxValue : head.LastSequence,
        Count = waiting,
    };

    private DeliveryBegun Answer(BeginOperation operation)
    {
        if (operation.Held is not { } lease)
        {
            return new DeliveryBegun { Outcome = DeliveryOutcome.Busy };
        }

        if (operation.Preempted)
        {
            parts.Context.Instruments.Preempted();
        }

        return new DeliveryBegun
        {
            Outcome = DeliveryOutcome.Granted,
            Token = lease.Token,
            Count = lease.Count,
            LeaseEndsAt = AsTime(lease.EndsAt),
        };
    }

    /// <summary>What a delivery begun now would bring; negative when the store does not answer.</summary>
    private async ValueTask<int> CountAsync(MailboxHead head, BeginDelivery request, long now)
    {
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            var counted = new CountQuery(head, request.Kind, request.IncludeDelivered, now);
            switch (counted.NeedsWalk ? await parts.Index.WalkAsync(head, counted) : WalkOutcome.Done)
            {
                case WalkOutcome.Done:
                    return counted.Count;
                case WalkOutcome.StaleHead when await parts.Writer.ReloadAsync() is { } stored:
                    head = stored;
                    break;
                default:
                    return -1;
            }
        }

        return -1;
    }
}
