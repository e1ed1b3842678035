using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>
/// Records what became of messages that were sent, all or nothing, and renews the lease. An acknowledgement of a live entry
/// counts under any token that was ever given.
/// </summary>
/// <param name="token">The token under which they were sent.</param>
/// <param name="sent">The outcomes by sequence; those of one message in the order they came.</param>
/// <param name="paged">The entries of pages that they are about, as far as known.</param>
/// <param name="options">Limits.</param>
internal sealed class ConfirmOperation(long token, SentOutcome[] sent, PagedEntries? paged, MailboxOptions options)
    : HeadOperation
{
    private readonly List<Intent> _decisions = [];
    private bool _changed;

    /// <summary>The result.</summary>
    public ConfirmVerdict Verdict { get; private set; }

    /// <summary>Messages whose delivery was confirmed for the first time under this token.</summary>
    public int Delivered { get; private set; }

    /// <inheritdoc/>
    public override bool WantsFreshHead => !_changed;

    /// <inheritdoc/>
    public override bool Apply(MailboxHead draft, long now)
    {
        _decisions.Clear();
        Delivered = 0;
        _changed = false;
        Verdict = token > draft.LastToken ? ConfirmVerdict.Superseded : Judge(draft, now);
        if (Verdict is ConfirmVerdict.NeedsPages or ConfirmVerdict.NoRoom)
        {
            return false;
        }

        _changed = _decisions.Count > 0;
        draft.Decide(_decisions);
        if (Verdict == ConfirmVerdict.Held)
        {
            _changed |= LeaseRenewal.Renew(draft, now, options, always: sent.Length > 0);
        }

        return _changed;
    }

    private ConfirmVerdict Judge(MailboxHead draft, long now)
    {
        var newest = draft.Newest.GetEnumerator();
        var inHead = newest.MoveNext();
        var added = 0;
        for (var i = 0; i < sent.Length;)
        {
            var sequence = sent[i].Sequence;
            var end = i + 1;
            while (end < sent.Length && sent[end].Sequence == sequence)
            {
                end++;
            }

            while (inHead && newest.Current.Sequence < sequence)
            {
                inHead = newest.MoveNext();
            }

            var about = sent.AsSpan(i..end);
            if (inHead && newest.Current.Sequence == sequence)
            {
                var entry = newest.Current;
                added += Settle(entry, entry.State, entry.State.Flags, about, now, paged: false);
            }
            else if (!SettlePaged(draft, about, now, ref added))
            {
                return ConfirmVerdict.NeedsPages;
            }

            i = end;
        }

        if (draft.Intents.Length + added > options.MaxIntents)
        {
            return ConfirmVerdict.NoRoom;
        }

        return draft.Lease?.Token == token ? ConfirmVerdict.Held : ConfirmVerdict.Superseded;
    }

    private bool SettlePaged(MailboxHead draft, ReadOnlySpan<SentOutcome> about, long now, ref int added)
    {
        var sequence = about[0].Sequence;
        if (sequence > draft.LastSequence || sequence <= draft.DeleteWatermark)
        {
            return true;
        }

        var at = draft.IndexOfIntent(sequence);
        if (at >= 0)
        {
            var intent = draft.Intents[at];
            if (!intent.Ended)
            {
                var entry = new Entry { Sequence = sequence, Key = intent.Key, Size = intent.Size };
                Settle(entry, intent.After, intent.Before, about, now, paged: true);
            }

            return true;
        }

        if (draft.Newest.Count > 0 && sequence >= draft.Newest.FirstSequence)
        {
            return true;
        }

        if (paged?.IsConclusive(draft, sequence) != true)
        {
            return false;
        }

        if (paged.TryFind(sequence, out var found))
        {
            added += Settle(found, found.State, found.State.Flags, about, now, paged: true);
        }

        return true;
    }

    /// <summary>Notes what the outcomes make of an entry; 1 when that takes a place among the intents.</summary>
    private int Settle(
        in Entry entry, EntryState state, EntryFlags before, ReadOnlySpan<SentOutcome> about, long now, bool paged)
    {
        var (after, outcome) = (state, TerminalOutcome.None);
        foreach (var one in about)
        {
            if (outcome == TerminalOutcome.None && one.Key == entry.Key)
            {
                (after, outcome) = Settlement.Settle(after, token, one.Outcome, now, options);
            }
        }

        if (outcome == TerminalOutcome.None && after == state)
        {
            return 0;
        }

        Delivered += outcome == TerminalOutcome.Delivered || after.Generation > state.Generation ? 1 : 0;
        _decisions.Add(new Intent
        {
            Sequence = entry.Sequence,
            Key = entry.Key,
            Size = entry.Size,
            Paged = paged,
            Before = before,
            After = after,
            Outcome = outcome,
            EndedAt = outcome == TerminalOutcome.None ? 0 : now,
        });
        return paged || outcome != TerminalOutcome.None ? 1 : 0;
    }
}
