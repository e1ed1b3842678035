using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>
/// Publishes pages into which intents were folded, and drops these intents. The messages of entries that ended are
/// tombstones by now. Does nothing when the head went another way meanwhile.
/// </summary>
/// <param name="origin">The head that was folded.</param>
/// <param name="folded">Its levels with the new pages.</param>
/// <param name="carriedOut">The intents that are done, by sequence.</param>
internal sealed class FoldOperation(MailboxHead origin, PageSummary[][] folded, Intent[] carriedOut) : HeadOperation
{
    /// <summary>Whether the pages were published.</summary>
    public bool Published { get; private set; }

    /// <inheritdoc/>
    public override bool Apply(MailboxHead draft, long now)
    {
        Published = false;
        if (draft.Lineage != origin.Lineage || draft.Folds != origin.Folds)
        {
            return false;
        }

        if (!TryDropIntents(draft, out var rest) || !TryMergeLevels(draft, out var levels))
        {
            return false;
        }

        draft.Fold(levels, rest);
        Published = true;
        return true;
    }

    private bool TryDropIntents(MailboxHead draft, out Intent[] rest)
    {
        rest = [];
        foreach (ref readonly var done in carriedOut.AsSpan())
        {
            var at = draft.IndexOfIntent(done.Sequence);
            if (at < 0 || draft.Intents[at] != done)
            {
                return false;
            }
        }

        var left = new List<Intent>(draft.Intents.Length - carriedOut.Length);
        var next = 0;
        foreach (var intent in draft.Intents)
        {
            if (next < carriedOut.Length && carriedOut[next].Sequence == intent.Sequence)
            {
                next++;
                continue;
            }

            left.Add(intent);
        }

        rest = [.. left];
        return true;
    }

    /// <summary>Pages that were added behind the folded ones stay; when a level was cut into a branch, the fold is void.</summary>
    private bool TryMergeLevels(MailboxHead draft, out PageSummary[][] levels)
    {
        levels = new PageSummary[draft.Levels.Length][];
        for (var level = 0; level < levels.Length; level++)
        {
            var was = level < origin.Levels.Length ? origin.Levels[level] : [];
            var now = draft.Levels[level];
            if (now.Length < was.Length || (was.Length > 0 && now[was.Length - 1].PageId != was[^1].PageId))
            {
                return false;
            }

            levels[level] = [.. level < folded.Length ? folded[level] : [], .. now.AsSpan(was.Length)];
        }

        return true;
    }
}
