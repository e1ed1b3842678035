using Orleans;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>One entry of the index: what the metadata document needs (profile 1.4).</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.ListedMessage")]
public sealed record ListedMessage
{
    /// <summary>The message key: the user part of the Message-ID (D16).</summary>
    [Id(0)]
    public string MessageKey { get; init; } = string.Empty;

    /// <summary>Its place in the commit order.</summary>
    [Id(1)]
    public long Sequence { get; init; }

    /// <summary>When the service received it.</summary>
    [Id(2)]
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it expires.</summary>
    [Id(3)]
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Octets of the whole message.</summary>
    [Id(4)]
    public long Size { get; init; }

    /// <summary>Pager or large.</summary>
    [Id(5)]
    public MessageMode Mode { get; init; }

    /// <summary>The sender's URI.</summary>
    [Id(6)]
    public string From { get; init; } = string.Empty;

    /// <summary>The subject, cut at 64 octets; empty when there was none.</summary>
    [Id(7)]
    public string Subject { get; init; } = string.Empty;

    /// <summary>Whether a delivery of it was confirmed.</summary>
    [Id(8)]
    public bool Delivered { get; init; }
}
