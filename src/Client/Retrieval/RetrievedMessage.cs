namespace PosteRestante.Client.Retrieval;

/// <summary>A deferred message as it was handed over (DM-12.2.2.5-2).</summary>
public sealed record RetrievedMessage
{
    /// <summary>The Message-ID of the service, <c>sip:KEY@HOST</c>: what a deletion names.</summary>
    public required string MessageId { get; init; }

    /// <summary>The MSRP Message-ID: the same for every repeat of one delivery.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>When the service received it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The sender as the envelope shows it.</summary>
    public required string From { get; init; }

    /// <summary>The subject; empty when there was none.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The media type of the original body; empty when there was no body.</summary>
    public string ContentType { get; init; } = string.Empty;

    /// <summary>The original: start line, headers, body; of a body in a file what comes before it.</summary>
    public required ReadOnlyMemory<byte> Original { get; init; }

    /// <summary>The original body, octet for octet; empty when it is in a file.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The file that holds the body; null when <see cref="Body"/> does.</summary>
    public string? File { get; init; }

    /// <summary>Octets of the body.</summary>
    public long BodyLength { get; init; }
}
