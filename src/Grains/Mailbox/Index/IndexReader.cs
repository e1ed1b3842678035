using Orleans.Runtime;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>Walks the index of a published head, oldest entry first, reading only the pages that a query needs.</summary>
internal sealed class IndexReader(IMailboxRecords records, GrainId owner)
{
    /// <summary>Shows a query every entry of the pages that may interest it.</summary>
    /// <param name="head">The head to start from.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="withNewest">Whether the entries of the head itself are shown too, after those of the pages.</param>
    public async ValueTask<WalkOutcome> WalkAsync(MailboxHead head, IndexQuery query, bool withNewest = true)
    {
        for (var level = head.Levels.Length - 1; level >= 0; level--)
        {
            if (await WalkAsync(head.Levels[level], query) is { } ended)
            {
                return ended;
            }
        }

        if (withNewest)
        {
            Visit(head.Newest, query, paged: false);
        }

        return WalkOutcome.Done;
    }

    private async ValueTask<WalkOutcome?> WalkAsync(PageSummary[] pages, IndexQuery query)
    {
        for (var i = 0; i < pages.Length; i++)
        {
            if (!query.MayHold(pages[i]))
            {
                continue;
            }

            var read = await records.ReadPageAsync(owner, pages[i].PageId);
            if (read.Status != RecordReadStatus.Found)
            {
                return read.Status == RecordReadStatus.Absent ? WalkOutcome.StaleHead : WalkOutcome.Unavailable;
            }

            var page = read.Value!;
            if (!Visit(page.Entries, query, paged: true))
            {
                return WalkOutcome.Done;
            }

            if (await WalkAsync(page.Children, query) is { } ended)
            {
                return ended;
            }
        }

        return null;
    }

    private static bool Visit(EntryBlock entries, IndexQuery query, bool paged)
    {
        foreach (var entry in entries)
        {
            if (!query.Visit(entry, paged))
            {
                return false;
            }
        }

        return true;
    }
}
