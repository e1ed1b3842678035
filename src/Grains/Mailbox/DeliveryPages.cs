using System.Collections.Immutable;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Reads the pages of a delivery. A delivery runs through the index first over all that never failed for their own sake,
/// then over those that did (they go last), and, when the owner asks, over those that are parked because they did again.
/// </summary>
internal sealed class DeliveryPages(MailboxParts parts, Housekeeping housekeeping)
{
    private static readonly DeliveryPage Unavailable = new() { Outcome = DeliveryOutcome.StoreUnavailable };
    private static readonly DeliveryPage Superseded = new() { Outcome = DeliveryOutcome.Superseded };

    /// <summary>The next messages with their content.</summary>
    public async ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request)
    {
        var refreshed = false;
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                return Unavailable;
            }

            if (head.Lease is not { } lease || lease.Token != request.Token)
            {
                if (refreshed)
                {
                    return Superseded;
                }

                refreshed = true;
                await parts.Writer.ReloadAsync();
                continue;
            }

            var (walk, entries, next, isLast) = await CollectAsync(head, lease, request);
            switch (walk)
            {
                case WalkOutcome.Unavailable:
                    return Unavailable;
                case WalkOutcome.StaleHead:
                    await parts.Writer.ReloadAsync();
                    continue;
                default:
                    return await ReadAsync(request, entries, next, isLast);
            }
        }

        return Unavailable;
    }

    // A page belongs to one run: the cursor of the next run starts with its own page.
    private async ValueTask<(WalkOutcome Walk, List<Entry> Entries, DeliveryCursor Next, bool IsLast)> CollectAsync(
        MailboxHead head, Lease lease, NextDeliveryPage request)
    {
        var now = parts.Now;
        var max = Math.Clamp(request.MaxMessages, 1, parts.Options.MaxDeliveryPage);
        List<Entry> entries = [];
        var next = DeliveryCursor.Of(request.AfterSequence);
        for (var start = next; start.Run <= DeliveryRun.Parked; start = new DeliveryCursor(start.Run + 1, 0))
        {
            var query = new DeliveryQuery(head, lease, start.Run, start.After, now, max, request.MaxOctets);
            var walk = await parts.Index.WalkAsync(head, query);
            if (walk != WalkOutcome.Done || (entries.Count > 0 && query.Entries.Count > 0))
            {
                return (walk, entries, next, false);
            }

            if (query.Entries.Count > 0)
            {
                entries = query.Entries;
                next = start with { After = entries[^1].Sequence };
                if (query.HasMore || entries.Count >= max)
                {
                    return (walk, entries, next, false);
                }
            }
        }

        return (WalkOutcome.Done, entries, next, true);
    }

    private async ValueTask<DeliveryPage> ReadAsync(
        NextDeliveryPage request, List<Entry> entries, DeliveryCursor next, bool isLast)
    {
        var keys = entries.ConvertAll(entry => entry.Key.ToMessageKey().Value);
        var reads = keys.ConvertAll(key => parts.Messages.ReadAsync(key));
        var messages = ImmutableArray.CreateBuilder<WaitingMessage>(reads.Count);
        var failedAt = -1;
        for (var i = 0; i < reads.Count; i++)
        {
            var read = await reads[i];
            if (read.Outcome == ReadOutcome.Found && failedAt < 0)
            {
                messages.Add(new WaitingMessage
                {
                    MessageKey = keys[i],
                    Sequence = entries[i].Sequence,
                    Generation = entries[i].State.Generation,
                    Content = read.Content,
                });
            }
            else if (read.Outcome == ReadOutcome.Missing)
            {
                housekeeping.AlarmMissing(keys[i]);
            }
            else if (read.Outcome == ReadOutcome.StoreUnavailable && failedAt < 0)
            {
                failedAt = i;
            }
        }

        if (parts.Writer.Head is { } head && head.Lease?.Token != request.Token)
        {
            return Superseded;
        }

        if (failedAt < 0)
        {
            return Page(messages, next, isLast);
        }

        // Whole up to the first that could not be read; the next page asks again from there.
        if (messages.Count == 0)
        {
            return Unavailable;
        }

        return Page(messages, next with { After = entries[failedAt - 1].Sequence }, false);
    }

    private static DeliveryPage Page(ImmutableArray<WaitingMessage>.Builder messages, DeliveryCursor next, bool isLast) => new()
    {
        Outcome = DeliveryOutcome.Granted,
        Messages = messages.DrainToImmutable(),
        NextAfterSequence = next.Value,
        IsLast = isLast,
    };
}
