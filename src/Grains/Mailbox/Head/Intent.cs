using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>
/// What was decided about an entry in one head write and is carried out behind it: its page is rewritten, and if it ended,
/// its message becomes a tombstone first. It counts from the write on; at most one stands for an entry.
/// </summary>
internal readonly record struct Intent
{
    /// <summary>The entry.</summary>
    public long Sequence { get; init; }

    /// <summary>The message.</summary>
    public PackedKey Key { get; init; }

    /// <summary>Octets of the message.</summary>
    public long Size { get; init; }

    /// <summary>True when a page still has the entry; false when it stood in the head.</summary>
    public bool Paged { get; init; }

    /// <summary>The flags that the page has.</summary>
    public EntryFlags Before { get; init; }

    /// <summary>What the entry is now.</summary>
    public EntryState After { get; init; }

    /// <summary>How it ended; None when it lives on.</summary>
    public TerminalOutcome Outcome { get; init; }

    /// <summary>When it ended, in UTC ticks; 0 when it lives on.</summary>
    public long EndedAt { get; init; }

    /// <summary>True when the entry is no more.</summary>
    public bool Ended => Outcome != TerminalOutcome.None;

    /// <summary>What it adds to the counts of the pages.</summary>
    public Tally Effect
    {
        get
        {
            var effect = Paged ? default(Tally) - Tally.Of(Before, Size) : default;
            return Ended ? effect : effect + Tally.Of(After.Flags, Size);
        }
    }
}
