namespace PosteRestante.Client.Sending;

/// <summary>A pager message to be sent.</summary>
public sealed record OutgoingMessage
{
    /// <summary>The recipient, <c>sip:bob@example.net</c>.</summary>
    public required string To { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Its media type. Default <c>text/plain;charset=UTF-8</c>.</summary>
    public string ContentType { get; init; } = "text/plain;charset=UTF-8";

    /// <summary>The subject; empty leaves the header out.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>How long it is worth keeping; null leaves that to the service.</summary>
    public TimeSpan? Expires { get; init; }
}
