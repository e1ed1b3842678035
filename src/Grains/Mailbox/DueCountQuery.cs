using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Counts what a delivery would bring by the counts alone, but has expired.</summary>
internal sealed class DueCountQuery(MailboxHead head, bool includeDelivered, long now) : IndexQuery
{
    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) => page.EarliestExpiry <= now;

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        var current = entry;
        var excluded = EntryFlags.Parked | (includeDelivered ? EntryFlags.None : EntryFlags.Delivered);
        if (entry.ExpiresAt <= now && head.Overlay(ref current) && !current.State.Has(excluded))
        {
            Count++;
        }

        return true;
    }
}
