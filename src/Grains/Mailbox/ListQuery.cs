using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Collects a page of the list: everything that has neither ended nor expired.</summary>
internal sealed class ListQuery(MailboxHead head, long after, long now, int maxEntries) : IndexQuery
{
    /// <summary>The entries.</summary>
    public List<ListedMessage> Messages { get; } = [];

    /// <summary>Whether there is one more than fits.</summary>
    public bool HasMore { get; private set; }

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) => page.LastSequence > after;

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        if (entry.Sequence <= after || !head.Overlay(ref current) || head.IsDue(current, now))
        {
            return true;
        }

        HasMore = Messages.Count >= maxEntries;
        if (!HasMore)
        {
            Messages.Add(current.ToListedMessage());
        }

        return !HasMore;
    }
}
