using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Looks for messages by their keys, in the pages that cover their receipts.</summary>
/// <param name="head">The head that is walked.</param>
/// <param name="keys">The keys.</param>
/// <param name="receipts">When the service received them, in UTC ticks, sorted.</param>
internal sealed class KeysQuery(MailboxHead head, IReadOnlySet<PackedKey> keys, long[] receipts) : IndexQuery
{
    /// <summary>The live entries, with their present state.</summary>
    public List<Entry> Entries { get; } = [];

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) =>
        SortedNumbers.HasAnyWithin(receipts, page.EarliestReceipt, page.LatestReceipt);

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        if (keys.Contains(entry.Key) && head.Overlay(ref current))
        {
            Entries.Add(current);
        }

        return true;
    }
}
