using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>
/// Entries as they were found in the pages of a head, by sequence. They can be relied on as long as pages only gained
/// entries since: the lineage is the same and nothing was folded. What the pages gained is not known here.
/// </summary>
internal sealed class PagedEntries(MailboxHead head, List<Entry> entries)
{
    private readonly int _lineage = head.Lineage;
    private readonly int _folds = head.Folds;

    private readonly long _pagedUpTo = head.Newest.Count > 0 ? head.Newest.FirstSequence - 1 : head.LastSequence;

    /// <summary>The entries, without the intents' overlay.</summary>
    public List<Entry> Entries => entries;

    /// <summary>Whether they are still what a draft's pages hold.</summary>
    public bool IsCurrent(MailboxHead draft) => draft.Lineage == _lineage && draft.Folds == _folds;

    /// <summary>Whether an entry that is not found here has left the pages of a draft, or was never in them.</summary>
    public bool IsConclusive(MailboxHead draft, long sequence) => IsCurrent(draft) && sequence <= _pagedUpTo;

    /// <summary>Finds one.</summary>
    public bool TryFind(long sequence, out Entry entry)
    {
        int low = 0, high = entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            entry = entries[middle];
            if (entry.Sequence == sequence)
            {
                return true;
            }

            (low, high) = entry.Sequence < sequence ? (middle + 1, high) : (low, middle - 1);
        }

        entry = default;
        return false;
    }
}
