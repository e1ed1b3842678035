using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Collects the entries of a stretch of a delivery's list, as far as they may still be delivered.</summary>
internal sealed class ListedQuery : IndexQuery
{
    private readonly MailboxHead _head;
    private readonly Lease _lease;
    private readonly long _now;
    private readonly long[] _sorted;
    private readonly Dictionary<long, Entry> _found = [];

    public ListedQuery(MailboxHead head, Lease lease, ReadOnlySpan<long> sequences, long now)
    {
        (_head, _lease, _now) = (head, lease, now);
        _sorted = sequences.ToArray();
        Array.Sort(_sorted);
    }

    /// <summary>The entry with a sequence, with its present state.</summary>
    public bool TryGet(long sequence, out Entry entry) => _found.TryGetValue(sequence, out entry);

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) =>
        SortedNumbers.HasAnyWithin(_sorted, page.FirstSequence, page.LastSequence);

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        if (Array.BinarySearch(_sorted, entry.Sequence) >= 0
            && _head.Overlay(ref current)
            && _lease.Selects(current)
            && !_head.IsDue(current, _now))
        {
            _found.Add(entry.Sequence, current);
        }

        return _found.Count < _sorted.Length;
    }
}
