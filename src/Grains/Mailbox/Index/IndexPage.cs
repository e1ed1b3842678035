namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>
/// A page of a mailbox's index: a leaf holds entries, a branch the summaries of pages below. Written once under a name of
/// its own and never changed, so a stale activation can only make garbage.
/// </summary>
internal sealed class IndexPage
{
    /// <summary>What a page becomes that no head names any more: nothing.</summary>
    public static readonly IndexPage Retired = new(RetiredLevel, []);

    private const int RetiredLevel = -1;

    /// <summary>A leaf.</summary>
    public IndexPage(EntryBlock entries) => Entries = entries;

    /// <summary>A branch over pages of the level below.</summary>
    public IndexPage(int level, PageSummary[] children) => (Level, Children) = (level, children);

    /// <summary>True when no head names it any more.</summary>
    public bool IsRetired => Level == RetiredLevel;

    /// <summary>0 for a leaf; a branch stands one above its children.</summary>
    public int Level { get; }

    /// <summary>The entries of a leaf; empty in a branch.</summary>
    public EntryBlock Entries { get; } = new();

    /// <summary>The children of a branch, oldest first; empty in a leaf.</summary>
    public PageSummary[] Children { get; } = [];

    /// <summary>What the level above keeps of it.</summary>
    public PageSummary Summarize(ulong pageId) =>
        Level == 0 ? PageSummary.Of(pageId, Entries) : PageSummary.Of(pageId, Children);
}
