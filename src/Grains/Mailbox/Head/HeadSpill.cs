using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>
/// Keeps the head small: when it holds too many entries the oldest move to a leaf, and when a level holds too many
/// summaries the oldest move to a branch. The pages have to be durable before the head that names them is written.
/// </summary>
internal static class HeadSpill
{
    /// <summary>Whether the head is over its bounds.</summary>
    public static bool IsNeeded(MailboxHead head, MailboxOptions options) =>
        head.Newest.Count > options.HeadEntries || (head.Newest.Length > options.HeadOctets && head.Newest.Count > 1);

    /// <summary>Brings a draft within its bounds and returns the pages to be written first.</summary>
    public static List<(ulong PageId, IndexPage Page)> Cut(MailboxHead draft, MailboxOptions options, ref WriteIds ids)
    {
        var pages = new List<(ulong, IndexPage)>();
        var levels = draft.Levels.Select(level => new List<PageSummary>(level)).ToList();
        var rest = CutLeaves(draft.Newest, options, levels, pages, ref ids);
        for (var level = 0; level < levels.Count; level++)
        {
            while (levels[level].Count > options.FanOut)
            {
                var branch = new IndexPage(level + 1, [.. levels[level].Take(options.FanOut)]);
                levels[level].RemoveRange(0, options.FanOut);
                Add(branch, levels, pages, ref ids);
            }
        }

        draft.MoveOut(rest, [.. levels.Select(level => level.ToArray())]);
        return pages;
    }

    private static EntryBlock CutLeaves(
        EntryBlock newest,
        MailboxOptions options,
        List<List<PageSummary>> levels,
        List<(ulong PageId, IndexPage Page)> pages,
        ref WriteIds ids)
    {
        var leaf = new EntryBlock();
        var left = newest.Count;
        foreach (var entry in newest)
        {
            // What is left, the leaf that is being filled included, fits into the head.
            var full = leaf.Count >= options.PageEntries || leaf.Length >= options.PageOctets || left == 1;
            if (full && leaf.Count > 0)
            {
                Add(new IndexPage(leaf), levels, pages, ref ids);
                leaf = new EntryBlock();
            }

            leaf.Append(entry);
            left--;
        }

        return leaf;
    }

    private static void Add(
        IndexPage page, List<List<PageSummary>> levels, List<(ulong PageId, IndexPage Page)> pages, ref WriteIds ids)
    {
        while (levels.Count <= page.Level)
        {
            levels.Add([]);
        }

        var id = ids.Next();
        pages.Add((id, page));
        levels[page.Level].Add(page.Summarize(id));
    }
}
