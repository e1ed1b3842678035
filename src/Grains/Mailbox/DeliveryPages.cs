using System.Collections.Immutable;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Reads the pages of a delivery. A delivery runs through the index twice: first over all that never failed for their own
/// sake, then over those that did (they go last).
/// </summary>
internal sealed class DeliveryPages(MailboxParts parts, Housekeeping housekeeping)
{
    /// <summary>Cursors from here on are of the second run, over the messages that go last.</summary>
    public const long SecondRun = 1L << 62;

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

    private async ValueTask<(WalkOutcome Walk, List<Entry> Entries, long Next, bool IsLast)> CollectAsync(
        MailboxHead head, Lease lease, NextDeliveryPage request)
    {
        var now = parts.Now;
        var max = Math.Clamp(request.MaxMessages, 1, parts.Options.MaxDeliveryPage);
        var first = new DeliveryQuery(head, lease, last: false, request.AfterSequence, now, max, request.MaxOctets);
        if (request.AfterSequence < SecondRun)
        {
            var walk = await parts.Index.WalkAsync(head, first);
            if (walk != WalkOutcome.Done || first.HasMore || first.Entries.Count >= max)
            {
                return (walk, first.Entries, first.Entries.Count == 0 ? 0 : first.Entries[^1].Sequence, false);
            }
        }

        var after = Math.Max(request.AfterSequence, SecondRun) - SecondRun;
        var second = new DeliveryQuery(
            head, lease, last: true, after, now, max - first.Entries.Count, request.MaxOctets - first.Octets);
        var ended = await parts.Index.WalkAsync(head, second);
        if (first.Entries.Count > 0 && second.Entries.Count > 0)
        {
            // A page belongs to one run: the cursor of the second starts with its own page.
            return (ended, first.Entries, first.Entries[^1].Sequence, false);
        }

        var entries = first.Entries.Count > 0 ? first.Entries : second.Entries;
        var next = second.Entries.Count > 0
            ? SecondRun + second.Entries[^1].Sequence
            : first.Entries.Count > 0 ? first.Entries[^1].Sequence : request.AfterSequence;
        return (ended, entries, next, !second.HasMore);
    }

    private async ValueTask<DeliveryPage> ReadAsync(NextDeliveryPage request, List<Entry> entries, long next, bool isLast)
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

        var run = next >= SecondRun ? SecondRun : 0;
        return Page(messages, run + entries[failedAt - 1].Sequence, false);
    }

    private static DeliveryPage Page(ImmutableArray<WaitingMessage>.Builder messages, long next, bool isLast) => new()
    {
        Outcome = DeliveryOutcome.Granted,
        Messages = messages.DrainToImmutable(),
        NextAfterSequence = next,
        IsLast = isLast,
    };
}
