using Orleans.Runtime;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>
/// Carries intents out in the pages of a head: makes new pages beside the old ones, up to the summaries that the head
/// holds. Nothing is written here, and nothing counts until a head names the new pages.
/// </summary>
internal sealed class IndexFold(IMailboxRecords records, GrainId owner, HeadWriter writer, Intent[] intents)
{
    /// <summary>The pages to be written before the fold is published.</summary>
    public List<(ulong PageId, IndexPage Page)> NewPages { get; } = [];

    /// <summary>The pages that nothing names once it is.</summary>
    public List<PageVersion> OldPages { get; } = [];

    /// <summary>How a walk that did not reach its end failed.</summary>
    public WalkOutcome Outcome { get; private set; }

    /// <summary>The levels of the head with the new pages; null when a page could not be read.</summary>
    public async ValueTask<PageSummary[][]?> FoldAsync(MailboxHead head)
    {
        var levels = new PageSummary[head.Levels.Length][];
        for (var level = 0; level < levels.Length; level++)
        {
            if (await FoldAsync(head.Levels[level]) is not { } folded)
            {
                return null;
            }

            levels[level] = folded;
        }

        return levels;
    }

    private async ValueTask<PageSummary[]?> FoldAsync(PageSummary[] pages)
    {
        if (!Array.Exists(pages, page => Concerns(page)))
        {
            return pages;
        }

        var folded = new List<PageSummary>(pages.Length);
        foreach (var summary in pages)
        {
            if (!Concerns(summary))
            {
                folded.Add(summary);
                continue;
            }

            var read = await records.ReadPageAsync(owner, summary.PageId);
            if (read.Status != RecordReadStatus.Found)
            {
                Outcome = read.Status == RecordReadStatus.Absent ? WalkOutcome.StaleHead : WalkOutcome.Unavailable;
                return null;
            }

            if (!await FoldAsync(read.Value!, folded))
            {
                return null;
            }

            OldPages.Add(new PageVersion(summary.PageId, read.Etag!));
        }

        return [.. folded];
    }

    private async ValueTask<bool> FoldAsync(IndexPage page, List<PageSummary> folded)
    {
        IndexPage? rewritten = null;
        if (page.Level == 0)
        {
            var entries = Rewrite(page.Entries);
            rewritten = entries.Count == 0 ? null : new IndexPage(entries);
        }
        else
        {
            if (await FoldAsync(page.Children) is not { } children)
            {
                return false;
            }

            rewritten = children.Length == 0 ? null : new IndexPage(page.Level, children);
        }

        if (rewritten is not null)
        {
            var id = writer.NextPageId();
            NewPages.Add((id, rewritten));
            folded.Add(rewritten.Summarize(id));
        }

        return true;
    }

    private EntryBlock Rewrite(EntryBlock entries)
    {
        var kept = new EntryBlock();
        foreach (var entry in entries)
        {
            var at = FirstFrom(entry.Sequence);
            var decided = at < intents.Length && intents[at].Sequence == entry.Sequence;
            if (!decided)
            {
                kept.Append(entry);
            }
            else if (!intents[at].Ended)
            {
                kept.Append(entry with { State = intents[at].After });
            }
        }

        return kept;
    }

    private bool Concerns(in PageSummary page)
    {
        for (var at = FirstFrom(page.FirstSequence); at < intents.Length && intents[at].Sequence <= page.LastSequence; at++)
        {
            if (intents[at].Paged)
            {
                return true;
            }
        }

        return false;
    }

    private int FirstFrom(long sequence)
    {
        int low = 0, high = intents.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = intents[middle].Sequence < sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
