using System.Collections.Immutable;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Records what became of messages that were sent.</summary>
internal sealed class Confirmations(MailboxParts parts, Housekeeping housekeeping)
{
    /// <summary>Records outcomes, in as many writes as the limit of one confirmation asks for.</summary>
    public async ValueTask<DeliveryConfirmed> ConfirmAsync(ConfirmDelivery request)
    {
        var outcome = DeliveryOutcome.Granted;
        var rest = request.Outcomes;
        do
        {
            var part = rest.Length <= parts.Options.MaxOutcomes ? rest : rest[..parts.Options.MaxOutcomes];
            rest = rest.RemoveRange(0, part.Length);
            outcome = await RecordAsync(request.Token, Sort(part));
        }
        while (outcome != DeliveryOutcome.StoreUnavailable && !rest.IsEmpty);

        housekeeping.ScheduleIfNeeded();
        var lease = parts.Writer.Head?.Lease;
        return new DeliveryConfirmed
        {
            Outcome = outcome,
            LeaseEndsAt = outcome == DeliveryOutcome.Granted && lease is not null ? new DateTimeOffset(lease.EndsAt, TimeSpan.Zero) : default,
        };
    }

    private static SentOutcome[] Sort(ImmutableArray<MessageOutcome> outcomes)
    {
        var sent = new List<SentOutcome>(outcomes.Length);
        foreach (var outcome in outcomes)
        {
            if (PackedKey.TryParse(outcome.MessageKey, out var key))
            {
                sent.Add(new SentOutcome(outcome.Sequence, key, outcome.Outcome));
            }
        }

        // Stable: several outcomes of one message count in the order they came.
        return [.. sent.OrderBy(one => one.Sequence)];
    }

    private async ValueTask<DeliveryOutcome> RecordAsync(long token, SentOutcome[] sent)
    {
        PagedEntries? paged = null;
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                break;
            }

            if (NeedsPages(head, sent, paged))
            {
                paged = await LocateAsync(sent);
                if (paged is null)
                {
                    break;
                }
            }

            var operation = new ConfirmOperation(token, sent, paged, parts.Options);
            var status = await parts.Writer.ApplyAsync(operation);
            if (status == HeadWriteStatus.Unavailable)
            {
                break;
            }

            switch (operation.Verdict)
            {
                case ConfirmVerdict.Held or ConfirmVerdict.Superseded when status == HeadWriteStatus.Committed:
                    parts.Context.Instruments.Delivered(operation.Delivered);
                    return operation.Verdict == ConfirmVerdict.Held ? DeliveryOutcome.Granted : DeliveryOutcome.Superseded;
                case ConfirmVerdict.NeedsPages:
                    paged = null;
                    break;
                case ConfirmVerdict.NoRoom when !await housekeeping.MakeRoomAsync():
                    return DeliveryOutcome.StoreUnavailable;
                default:
                    break;
            }
        }

        return DeliveryOutcome.StoreUnavailable;
    }

    private static bool NeedsPages(MailboxHead head, SentOutcome[] sent, PagedEntries? paged) =>
        paged?.IsCurrent(head) != true
        && sent.Length > 0
        && (head.Newest.Count == 0 || sent[0].Sequence < head.Newest.FirstSequence);

    private async ValueTask<PagedEntries?> LocateAsync(SentOutcome[] sent)
    {
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                return null;
            }

            var query = new SequenceQuery(Array.ConvertAll(sent, static outcome => outcome.Sequence));
            switch (await parts.Index.WalkAsync(head, query, withNewest: false))
            {
                case WalkOutcome.Done:
                    return new PagedEntries(head, query.Entries);
                case WalkOutcome.Unavailable:
                    return null;
                default:
                    await parts.Writer.ReloadAsync();
                    break;
            }
        }

        return null;
    }
}
