using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Collects the entries of pages that outcomes are about.</summary>
/// <param name="sequences">Their sequences, sorted.</param>
internal sealed class SequenceQuery(long[] sequences) : IndexQuery
{
    /// <summary>The entries as their pages have them.</summary>
    public List<Entry> Entries { get; } = new(sequences.Length);

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) =>
        SortedNumbers.HasAnyWithin(sequences, page.FirstSequence, page.LastSequence);

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        if (Array.BinarySearch(sequences, entry.Sequence) >= 0)
        {
            Entries.Add(entry);
        }

        return true;
    }
}
