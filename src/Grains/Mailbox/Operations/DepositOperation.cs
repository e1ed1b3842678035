using System.Text;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>
/// Adds an entry for a message whose record is stored. The caller made sure that no page has it: the record was created by
/// this activation, or the pages that cover its receipt were read, both for the head's present lineage.
/// </summary>
internal sealed class DepositOperation(
    PackedKey key, DeferredContent content, int lineage, bool created, MailboxOptions options) : HeadOperation
{
    /// <summary>The result.</summary>
    public DepositVerdict Verdict { get; private set; }

    /// <inheritdoc/>
    public override bool WantsFreshHead => Verdict == DepositVerdict.Full;

    /// <inheritdoc/>
    public override bool Apply(MailboxHead draft, long now)
    {
        Verdict = Judge(draft, now);
        if (Verdict == DepositVerdict.Added)
        {
            var entry = MakeEntry();
            draft.Append(ref entry, Bounded(content.From, options.MaxFromOctets), Cut(content.Subject, options.MaxSubjectOctets));
        }

        return Verdict == DepositVerdict.Added;
    }

    /// <summary>Whether one more message of this size may be stored.</summary>
    public static bool Fits(MailboxHead head, long size, MailboxOptions options) =>
        head.Totals.Count < options.MaxMessages && head.Totals.Octets + size <= options.MaxOctets;

    /// <summary>What the entries and intents of a head, its pages apart, say of a message; null when they do not know it.</summary>
    public static DepositVerdict? Find(MailboxHead head, in PackedKey key, long now)
    {
        if (head.TryFindNewest(key, out var entry))
        {
            return entry.Sequence <= head.DeleteWatermark || head.IsDue(entry, now)
                ? DepositVerdict.Handled
                : DepositVerdict.Waiting;
        }

        foreach (ref readonly var intent in head.Intents.AsSpan())
        {
            if (intent.Ended && intent.Key == key)
            {
                return DepositVerdict.Handled;
            }
        }

        return null;
    }

    private DepositVerdict Judge(MailboxHead draft, long now)
    {
        if (draft.Lineage != lineage)
        {
            return DepositVerdict.LookAgain;
        }

        if (!created && Find(draft, key, now) is { } known)
        {
            return known;
        }

        return Fits(draft, content.Size, options) ? DepositVerdict.Added : DepositVerdict.Full;
    }

    private Entry MakeEntry() => new()
    {
        Key = key,
        ReceivedAt = content.ReceivedAt.UtcTicks,
        ExpiresAt = content.ExpiresAt.UtcTicks,
        Size = content.Size,
        State = new EntryState
        {
            Flags = EntryFlags.Accepted | (content.Mode == MessageMode.Large ? EntryFlags.Large : EntryFlags.None),
        },
    };

    private static string Bounded(string text, int octets) =>
        Encoding.UTF8.GetByteCount(text) <= octets ? text : string.Empty;

    private static string Cut(string text, int octets)
    {
        if (Encoding.UTF8.GetByteCount(text) <= octets)
        {
            return text;
        }

        var (length, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > octets)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
