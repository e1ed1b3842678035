using System.Collections.Immutable;
using Orleans;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>A message to be stored for the mailbox it is sent to.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DepositRequest")]
public sealed record DepositRequest
{
    /// <summary>
    /// What makes two arrivals the same message: a canonical octet string of the sender and the IMDN Message-ID if there
    /// is one, else Call-ID, CSeq and From tag, each with a hash of Content-Type and body (never of headers, which proxies
    /// change). The message key is a keyed hash of it and of the mailbox.
    /// </summary>
    [Id(0)]
    public ImmutableArray<byte> DedupeKey { get; init; } = [];

    /// <summary>The message.</summary>
    [Id(1)]
    public DeferredContent Content { get; init; } = DeferredContent.Empty;

    /// <summary>
    /// Whether to answer only for a message that the mailbox has taken before, and else to store nothing and say
    /// <see cref="DepositOutcome.NotKnown"/>: for a repeat whose proof of identity is good for nothing new.
    /// </summary>
    [Id(2)]
    public bool OnlyIfKnown { get; init; }
}
