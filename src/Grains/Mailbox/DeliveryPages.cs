using System.Collections.Immutable;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Reads the pages of a delivery. A delivery runs through the index first over all that never failed for their own sake,
/// then over those that did (they go last), and, when the owner asks, over those that are parked because they did again. A delivery by list runs once through its list.
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

            var batch = lease.Selection is null
                ? await CollectAsync(head, lease, request)
                : await CollectListedAsync(head, lease, lease.Selection, request);
            switch (batch.Walk)
            {
                case WalkOutcome.Unavailable:
                    return Unavailable;
                case WalkOutcome.StaleHead:
                    await parts.Writer.ReloadAsync();
                    continue;
                default:
                    return await ReadAsync(request, batch);
            }
        }

        return Unavailable;
    }

    // A page belongs to one run: the cursor of the next run starts with its own page.
    private async ValueTask<DeliveryBatch> CollectAsync(MailboxHead head, Lease lease, NextDeliveryPage request)
    {
        var now = parts.Now;
        var max = MaxMessages(request);
        var batch = new DeliveryBatch(request.AfterSequence);
        for (var start = DeliveryCursor.Of(request.AfterSequence); start.Run <= DeliveryRun.Parked; start = new DeliveryCursor(start.Run + 1, 0))
        {
            var query = new DeliveryQuery(head, lease, start.Run, start.After, now, max, request.MaxOctets);
            batch.Walk = await parts.Index.WalkAsync(head, query);
            if (batch.Walk != WalkOutcome.Done || (batch.Count > 0 && query.Entries.Count > 0))
            {
                return batch;
            }

            foreach (var entry in query.Entries)
            {
                batch.Add(entry, (start with { After = entry.Sequence }).Value);
            }

            if (query.HasMore || batch.Count >= max)
            {
                return batch;
            }
        }

        batch.IsLast = true;
        return batch;
    }

    // The cursor counts places of the list. What ended since the lease was taken leaves its place empty.
    private async ValueTask<DeliveryBatch> CollectListedAsync(
        MailboxHead head, Lease lease, Selection selection, NextDeliveryPage request)
    {
        var max = MaxMessages(request);
        var batch = new DeliveryBatch(Math.Clamp(request.AfterSequence, 0, selection.Sequences.Length));
        while (batch.Count == 0 && batch.Next < selection.Sequences.Length)
        {
            var start = (int)batch.Next;
            var places = selection.Sequences.AsMemory().Slice(start, Math.Min(max, selection.Sequences.Length - start));
            var query = new ListedQuery(head, lease, places.Span, parts.Now);
            batch.Walk = await parts.Index.WalkAsync(head, query);
            if (batch.Walk != WalkOutcome.Done)
            {
                return batch;
            }

            batch.Add(query, places.Span, request.MaxOctets);
        }

        batch.IsLast = batch.Next >= selection.Sequences.Length;
        return batch;
    }

    private int MaxMessages(NextDeliveryPage request) => Math.Clamp(request.MaxMessages, 1, parts.Options.MaxDeliveryPage);

    private async ValueTask<DeliveryPage> ReadAsync(NextDeliveryPage request, DeliveryBatch batch)
    {
        var entries = batch.Entries;
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
            return Page(messages, batch.Next, batch.IsLast);
        }

        // Whole up to the first that could not be read; the next page asks again from there.
        if (messages.Count == 0)
        {
            return Unavailable;
        }

        return Page(messages, batch.CursorAfter(failedAt - 1), false);
    }

    private static DeliveryPage Page(ImmutableArray<WaitingMessage>.Builder messages, long next, bool isLast) => new()
    {
        Outcome = DeliveryOutcome.Granted,
        Messages = messages.DrainToImmutable(),
        NextAfterSequence = next,
        IsLast = isLast,
    };
}
