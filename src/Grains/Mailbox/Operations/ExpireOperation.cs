using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>
/// Ends entries that are due and not pinned: those of the head, and those of pages that were found before. As many as the
/// intents have room for.
/// </summary>
internal sealed class ExpireOperation(PagedEntries paged, long dueAt, MailboxOptions options) : HeadOperation
{
    /// <summary>Entries that ended.</summary>
    public int Ended { get; private set; }

    /// <summary>Those of them that were never delivered.</summary>
    public int Expired { get; private set; }

    /// <inheritdoc/>
    public override bool Apply(MailboxHead draft, long now)
    {
        var decisions = new List<Intent>();
        var room = options.MaxIntents - draft.Intents.Length;
        if (paged.IsCurrent(draft))
        {
            foreach (var entry in paged.Entries)
            {
                var current = entry;
                if (decisions.Count < room && draft.Overlay(ref current) && draft.IsDue(current, dueAt))
                {
                    decisions.Add(End(current, entry.State.Flags, paged: true));
                    room += draft.IndexOfIntent(entry.Sequence) >= 0 ? 1 : 0;
                }
            }
        }

        if (draft.Newest.EarliestExpiry <= dueAt)
        {
            foreach (var entry in draft.Newest)
            {
                if (decisions.Count < room && draft.IsDue(entry, dueAt))
                {
                    decisions.Add(End(entry, entry.State.Flags, paged: false));
                }
            }
        }

        Ended = decisions.Count;
        Expired = decisions.Count(decision => decision.Outcome == TerminalOutcome.Expired);
        draft.Decide(decisions);
        return Ended > 0;
    }

    /// <summary>What was delivered before it expired has the outcome delivered, and leaves without a report (D11).</summary>
    private Intent End(in Entry entry, EntryFlags before, bool paged) => new()
    {
        Sequence = entry.Sequence,
        Key = entry.Key,
        Size = entry.Size,
        Paged = paged,
        Before = before,
        After = entry.State,
        Outcome = entry.State.Has(EntryFlags.Delivered) ? TerminalOutcome.Delivered : TerminalOutcome.Expired,
        EndedAt = dueAt,
    };
}
