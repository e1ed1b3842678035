namespace PosteRestante.Client.Sending;

/// <summary>A message that goes over MSRP because of its size.</summary>
public sealed record OutgoingLargeMessage
{
    /// <summary>The recipient, <c>sip:bob@example.net</c>.</summary>
    public required string To { get; init; }

    /// <summary>The body, from its present position to its end; it must be able to seek. The caller disposes of it.</summary>
    public required Stream Content { get; init; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The subject; empty leaves the header out.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>Told, on the client's loop, how many octets have been read to be sent; null for nobody.</summary>
    public Action<long>? Progress { get; init; }
}
