using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Collects entries of pages that have expired and are not pinned, as their pages have them.</summary>
internal sealed class DueQuery(MailboxHead head, long now, int maxEntries) : IndexQuery
{
    /// <summary>The entries.</summary>
    public List<Entry> Entries { get; } = [];

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) => page.EarliestExpiry <= now;

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        if (entry.ExpiresAt <= now && head.Overlay(ref current) && head.IsDue(current, now))
        {
            Entries.Add(entry);
        }

        return Entries.Count < maxEntries;
    }
}
