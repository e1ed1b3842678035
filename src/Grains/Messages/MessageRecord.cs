using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Messages;

/// <summary>What is stored of a message: its content while it lives, then how it ended.</summary>
internal sealed record MessageRecord
{
    /// <summary>Which secret its key was made with.</summary>
    public int KeyId { get; init; }

    /// <summary>The mailbox it belongs to.</summary>
    public string Mailbox { get; init; } = string.Empty;

    /// <summary>The message; without octets in a tombstone.</summary>
    public DeferredContent Content { get; init; } = DeferredContent.Empty;

    /// <summary>How it ended; null while it lives.</summary>
    public Tombstone? End { get; init; }

    /// <summary>
    /// The record without its octets, which says how it ended; what a report needs of it stays. Its body, to which nothing
    /// refers any more, is the sweeper's.
    /// </summary>
    public MessageRecord Bury(Tombstone end) => this with
    {
        Content = Content with { Octets = [], BodyOffset = 0, Body = BodyReference.None, Session = [] },
        End = end,
    };
}
