using System.Collections.Immutable;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Finds the messages that a list of keys names (DM-12.2.1.1-1). Whatever is not in this mailbox is passed over alike:
/// unknown, ended, expired, somebody else's (D3, D4).
/// </summary>
internal sealed class SelectionReader(MailboxParts parts)
{
    // Messages that are read at once; their contents are dropped again.
    private const int ReadsAtOnce = 32;

    /// <summary>The messages in the order of the list; null when the store does not answer.</summary>
    public async ValueTask<Selection?> ReadAsync(MailboxHead head, BeginDelivery request, long now)
    {
        var keys = new OrderedKeys(request.MessageKeys);
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            var query = new KeysQuery(head, keys.Set, []);
            foreach (var entry in head.Newest)
            {
                query.Visit(entry, paged: false);
            }

            var rest = keys.Except(query.Entries);
            var receipts = rest.Count == 0 || head.Levels.Length == 0 ? [] : await ReadReceiptsAsync(rest);
            if (receipts is null)
            {
                return null;
            }

            var paged = new KeysQuery(head, keys.Set, receipts);
            switch (await parts.Index.WalkAsync(head, paged, withNewest: false))
            {
                case WalkOutcome.Done:
                    return Select(keys, [.. query.Entries, .. paged.Entries], request, now);
                case WalkOutcome.StaleHead when await parts.Writer.ReloadAsync() is { } stored:
                    head = stored;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static Selection Select(OrderedKeys keys, List<Entry> found, BeginDelivery request, long now)
    {
        var excluded = Lease.Excluded(request.Kind, request.IncludeDelivered);
        var sequences = new Dictionary<PackedKey, long>(found.Count);
        foreach (var entry in found)
        {
            if (entry.ExpiresAt > now && !entry.State.Has(excluded))
            {
                sequences[entry.Key] = entry.Sequence;
            }
        }

        return new Selection([.. keys.InOrder.Where(sequences.ContainsKey).Select(key => sequences[key])]);
    }

    /// <summary>When the messages that exist were received: it says which pages can hold them.</summary>
    private async ValueTask<long[]?> ReadReceiptsAsync(List<PackedKey> keys)
    {
        var receipts = new List<long>(keys.Count);
        foreach (var some in keys.Chunk(ReadsAtOnce))
        {
            // All are begun before the first is awaited.
            var reads = Array.ConvertAll(some, key => parts.Messages.ReadAsync(key.ToMessageKey().Value));
            var failed = false;
            foreach (var read in reads)
            {
                var message = await read;
                failed |= message.Outcome == ReadOutcome.StoreUnavailable;
                if (message.Outcome == ReadOutcome.Found)
                {
                    receipts.Add(message.Content.ReceivedAt.UtcTicks);
                }
            }

            if (failed)
            {
                return null;
            }
        }

        receipts.Sort();
        return [.. receipts];
    }

    /// <summary>The keys that a list names, each once, in its order; what is no key is left out.</summary>
    private sealed class OrderedKeys
    {
        public OrderedKeys(ImmutableArray<string> texts)
        {
            foreach (var text in texts)
            {
                if (PackedKey.TryParse(text, out var key) && Set.Add(key))
                {
                    InOrder.Add(key);
                }
            }
        }

        public List<PackedKey> InOrder { get; } = [];

        public HashSet<PackedKey> Set { get; } = [];

        public List<PackedKey> Except(List<Entry> found)
        {
            var known = found.Select(entry => entry.Key).ToHashSet();
            return InOrder.FindAll(key => !known.Contains(key));
        }
    }
}
