using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>
/// The one commit point of a mailbox. Operations change a draft; once published a head is never changed again. Arrays are
/// replaced, not written to, so drafts share them.
/// </summary>
internal sealed class MailboxHead
{
    private bool _ownsNewest;

    /// <summary>Counts the writes.</summary>
    public long Version { get; set; }

    /// <summary>Which attempt wrote this version, so that an activation knows its own write again.</summary>
    public ulong LastWriteId { get; set; }

    /// <summary>Which secret the keys of its messages were made with.</summary>
    public int KeyId { get; set; }

    /// <summary>Sequence of the last entry that was ever committed.</summary>
    public long LastSequence { get; set; }

    /// <summary>The highest token that a lease ever had.</summary>
    public long LastToken { get; set; }

    /// <summary>Entries up to this sequence are deleted, whatever pages say.</summary>
    public long DeleteWatermark { get; set; }

    /// <summary>The earliest expiry slot that the mailbox is registered for; 0 when it is not.</summary>
    public long RegisteredSlot { get; set; }

    /// <summary>The delivery that holds the mailbox.</summary>
    public Lease? Lease { get; set; }

    /// <summary>The newest entries.</summary>
    public EntryBlock Newest { get; private set; } = new();

    /// <summary>Summaries of the older pages by level, oldest first; level 0 are leaves and newer than level 1.</summary>
    public PageSummary[][] Levels { get; private set; } = [];

    /// <summary>Decisions to be carried out, by sequence.</summary>
    public Intent[] Intents { get; private set; } = [];

    /// <summary>Counts over all live entries; derived, not stored.</summary>
    public Tally Totals { get; private set; }

    /// <summary>Which load this head descends from; not stored. What an activation knew of another one may be stale.</summary>
    public int Lineage { get; set; }

    /// <summary>How often entries were taken out of pages since the load; not stored.</summary>
    public int Folds { get; private set; }

    /// <summary>The earliest expiry of anything in the index in UTC ticks; it may be of an entry that ended.</summary>
    public long EarliestExpiry
    {
        get
        {
            var earliest = Newest.EarliestExpiry;
            foreach (var level in Levels)
            {
                foreach (ref readonly var page in level.AsSpan())
                {
                    earliest = Math.Min(earliest, page.EarliestExpiry);
                }
            }

            return earliest;
        }
    }

    /// <summary>A head to be changed, sharing what is not.</summary>
    public MailboxHead Draft()
    {
        var draft = (MailboxHead)MemberwiseClone();
        draft._ownsNewest = false;
        return draft;
    }

    /// <summary>Puts what was read from a record in place.</summary>
    public void Restore(EntryBlock newest, PageSummary[][] levels, Intent[] intents)
    {
        (Newest, Levels, Intents) = (newest, levels, intents);
        Totals = CountTotals();
    }

    /// <summary>The totals, counted anew.</summary>
    public Tally CountTotals()
    {
        var totals = Newest.Tally;
        foreach (var level in Levels)
        {
            foreach (ref readonly var page in level.AsSpan())
            {
                totals += page.Tally;
            }
        }

        foreach (ref readonly var intent in Intents.AsSpan())
        {
            totals += intent.Effect;
        }

        return totals;
    }

    /// <summary>Adds an entry with the next sequence.</summary>
    public void Append(ref Entry entry, string from, string subject)
    {
        entry.Sequence = ++LastSequence;
        OwnNewest().Append(entry, from, subject);
        Totals += Tally.Of(entry.State.Flags, entry.Size);
    }

    /// <summary>The place of the intent for an entry, or the complement of where it would stand.</summary>
    public int IndexOfIntent(long sequence)
    {
        int low = 0, high = Intents.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var at = Intents[middle].Sequence;
            if (at == sequence)
            {
                return middle;
            }

            (low, high) = at < sequence ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>Whether decisions about entries of a page are not in its counts yet.</summary>
    public bool HasIntents(in PageSummary page)
    {
        var at = IndexOfIntent(page.FirstSequence);
        at = at < 0 ? ~at : at;
        return at < Intents.Length && Intents[at].Sequence <= page.LastSequence;
    }

    /// <summary>Gives an entry of a page the state it has now; false when it has ended.</summary>
    public bool Overlay(ref Entry entry)
    {
        if (entry.Sequence <= DeleteWatermark)
        {
            return false;
        }

        var at = Intents.Length == 0 ? -1 : IndexOfIntent(entry.Sequence);
        if (at < 0)
        {
            return true;
        }

        entry.State = Intents[at].After;
        return !Intents[at].Ended;
    }

    /// <summary>Whether an entry has expired and no delivery holds it.</summary>
    public bool IsDue(in Entry entry, long now) => entry.ExpiresAt <= now && Lease?.Pins(entry, now) != true;

    /// <summary>Puts decisions in force; they are sorted by sequence, one for an entry.</summary>
    public void Decide(IReadOnlyList<Intent> decisions)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        if (Newest.Count > 0 && decisions[^1].Sequence >= Newest.FirstSequence)
        {
            RewriteNewest(decisions);
        }

        Intents = Merge(decisions);
    }

    /// <summary>Takes the oldest entries out of the head; they stand in a page from now on.</summary>
    public void MoveOut(EntryBlock rest, PageSummary[][] levels) => (Newest, Levels, _ownsNewest) = (rest, levels, true);

    /// <summary>Puts folded pages in place and drops the intents that they carry out.</summary>
    public void Fold(PageSummary[][] levels, Intent[] rest)
    {
        (Levels, Intents) = (levels, rest);
        Folds++;
    }

    /// <summary>Finds an entry of the head by key; the intents and pages are not looked at.</summary>
    public bool TryFindNewest(in PackedKey key, out Entry found)
    {
        foreach (var entry in Newest)
        {
            if (entry.Key == key)
            {
                found = entry;
                return true;
            }
        }

        found = default;
        return false;
    }

    private EntryBlock OwnNewest()
    {
        if (!_ownsNewest)
        {
            Newest = Newest.Copy();
            _ownsNewest = true;
        }

        return Newest;
    }

    private void RewriteNewest(IReadOnlyList<Intent> decisions)
    {
        var kept = new EntryBlock();
        var next = 0;
        foreach (var entry in Newest)
        {
            while (next < decisions.Count && decisions[next].Sequence < entry.Sequence)
            {
                next++;
            }

            var decided = next < decisions.Count && decisions[next].Sequence == entry.Sequence;
            if (decided && decisions[next].Ended)
            {
                continue;
            }

            kept.Append(decided ? entry with { State = decisions[next].After } : entry);
        }

        (Newest, _ownsNewest) = (kept, true);
    }

    private Intent[] Merge(IReadOnlyList<Intent> decisions)
    {
        var merged = new List<Intent>(Intents.Length + decisions.Count);
        var next = 0;
        foreach (var decision in decisions)
        {
            while (next < Intents.Length && Intents[next].Sequence < decision.Sequence)
            {
                merged.Add(Intents[next++]);
            }

            var replaced = default(Tally);
            if (next < Intents.Length && Intents[next].Sequence == decision.Sequence)
            {
                replaced = Intents[next++].Effect;
            }

            if (decision.Paged)
            {
                Totals += decision.Effect - replaced;
                merged.Add(decision);
                continue;
            }

            var before = Tally.Of(decision.Before, decision.Size);
            Totals += decision.Ended ? default(Tally) - before : Tally.Of(decision.After.Flags, decision.Size) - before;
            if (decision.Ended)
            {
                merged.Add(decision);
            }
        }

        merged.AddRange(Intents.AsSpan(next));
        return [.. merged];
    }
}
