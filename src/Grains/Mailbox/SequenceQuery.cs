using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Collects the entries of pages that outcomes are about.</summary>
internal sealed class SequenceQuery(SentOutcome[] sent) : IndexQuery
{
    /// <summary>The entries as their pages have them.</summary>
    public List<Entry> Entries { get; } = new(sent.Length);

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page)
    {
        var at = FirstFrom(page.FirstSequence);
        return at < sent.Length && sent[at].Sequence <= page.LastSequence;
    }

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var at = FirstFrom(entry.Sequence);
        if (at < sent.Length && sent[at].Sequence == entry.Sequence)
        {
            Entries.Add(entry);
        }

        return true;
    }

    private int FirstFrom(long sequence)
    {
        int low = 0, high = sent.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sent[middle].Sequence < sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
