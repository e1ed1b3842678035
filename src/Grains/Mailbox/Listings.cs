using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Lists a mailbox.</summary>
internal sealed class Listings(MailboxParts parts)
{
    /// <summary>A page of the index with the totals.</summary>
    public async ValueTask<MailboxListing> ListAsync(ListMailbox request)
    {
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                break;
            }

            var max = Math.Clamp(request.MaxEntries, 1, parts.Options.MaxListPage);
            var query = new ListQuery(head, request.AfterSequence, parts.Now, max);
            switch (await parts.Index.WalkAsync(head, query))
            {
                case WalkOutcome.Done:
                    return new MailboxListing
                    {
                        Outcome = DeliveryOutcome.Granted,
                        Messages = [.. query.Messages],
                        IsLast = !query.HasMore,
                        TotalMessages = head.Totals.Count,
                        TotalOctets = head.Totals.Octets,
                        Version = head.Version,
                    };
                case WalkOutcome.StaleHead when await parts.Writer.ReloadAsync() is not null:
                    break;
                default:
                    return new MailboxListing { Outcome = DeliveryOutcome.StoreUnavailable };
            }
        }

        return new MailboxListing { Outcome = DeliveryOutcome.StoreUnavailable };
    }
}
