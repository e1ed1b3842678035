using Orleans;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>A message that is to be delivered.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.WaitingMessage")]
public sealed record WaitingMessage
{
    /// <summary>The message key: the user part of the Message-ID (D16).</summary>
    [Id(0)]
    public string MessageKey { get; init; } = string.Empty;

    /// <summary>Its place in the commit order of the mailbox; 1 is the first.</summary>
    [Id(1)]
    public long Sequence { get; init; }

    /// <summary>
    /// How many deliveries of it were confirmed before this one: the delivery generation that goes into the MSRP
    /// Message-ID, so that a client drops repeats of one delivery but not a wanted second retrieval.
    /// </summary>
    [Id(2)]
    public int Generation { get; init; }

    /// <summary>What was stored.</summary>
    [Id(3)]
    public DeferredContent Content { get; init; } = DeferredContent.Empty;
}
