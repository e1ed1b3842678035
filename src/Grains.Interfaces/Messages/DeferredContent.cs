using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>A message as it was received, with what the service noted about it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DeferredContent")]
public sealed record DeferredContent
{
    /// <summary>No content.</summary>
    public static DeferredContent Empty { get; } = new();

    /// <summary>Pager or large.</summary>
    [Id(0)]
    public MessageMode Mode { get; init; }

    /// <summary>The octets as they came from the wire, headers and body (DM-12.2.2.3-1).</summary>
    [Id(1)]
    public ImmutableArray<byte> Octets { get; init; } = [];

    /// <summary>Where in <see cref="Octets"/> the body begins.</summary>
    [Id(2)]
    public int BodyOffset { get; init; }

    /// <summary>When the service received it.</summary>
    [Id(3)]
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it expires (DM-12.2.2.3-5a, -5b); every message does.</summary>
    [Id(4)]
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The sender's URI: From as it was, without display name and parameters of the header.</summary>
    [Id(5)]
    public string From { get; init; } = string.Empty;

    /// <summary>The subject, cut at 64 octets of UTF-8 between characters; empty when there was none.</summary>
    [Id(6)]
    public string Subject { get; init; } = string.Empty;

    /// <summary>The Call-ID.</summary>
    [Id(7)]
    public string CallId { get; init; } = string.Empty;

    /// <summary>The sender's IMDN Message-ID (RFC 5438 6.3); empty when there was none.</summary>
    [Id(8)]
    public string ImdnMessageId { get; init; } = string.Empty;

    /// <summary>Which notifications the sender asked for (RFC 5438 6.2).</summary>
    [Id(9)]
    public NotificationRequests Notifications { get; init; }

    /// <summary>
    /// How the sender's identity is known. An unverified sender never causes a report; a P-Asserted-Identity that was not
    /// asserted by a trusted peer is never handed over (RFC 3325 5).
    /// </summary>
    [Id(10)]
    public SenderIdentity SenderIdentity { get; init; }

    /// <summary>W3C traceparent of the deposit, for the link from the trace of its delivery; empty when not traced.</summary>
    [Id(11)]
    public string TraceParent { get; init; } = string.Empty;

    /// <summary>
    /// The body, when it is too large to stand in <see cref="Octets"/>, which then end with the empty line after the headers.
    /// Those of a large message are the INVITE's as far as they are kept, with <c>Message-ID</c>, <c>Content-Type</c> and the
    /// other MIME headers of its SEND (DM-12.2.2.3-2).
    /// </summary>
    [Id(12)]
    public BodyReference Body { get; init; } = BodyReference.None;

    /// <summary>
    /// What is kept of the rest of the session that brought a large message, as SIP fragments one after the other: the 200 to
    /// the INVITE, and the BYE when it has come (DM-12.2.2.3-2). Empty for a pager message.
    /// </summary>
    [Id(13)]
    public ImmutableArray<byte> Session { get; init; } = [];

    /// <summary>Octets that the message takes up.</summary>
    public long Size => Octets.Length + Body.Length;
}
