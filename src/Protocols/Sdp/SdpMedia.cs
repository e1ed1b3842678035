using System.Collections.Immutable;

namespace PosteRestante.Protocols.Sdp;

/// <summary>An <c>m=</c> line and what belongs to it (RFC 8866 5.14).</summary>
public sealed class SdpMedia
{
    /// <summary>The media: <c>message</c>, <c>audio</c> …</summary>
    public required string Kind { get; init; }

    /// <summary>The port; 0 says that the media is refused or off.</summary>
    public required int Port { get; init; }

    /// <summary>The number of ports, if written.</summary>
    public int? PortCount { get; init; }

    /// <summary>The transport: <c>TCP/MSRP</c>, <c>RTP/AVP</c> …</summary>
    public required string Protocol { get; init; }

    /// <summary>The formats; <c>*</c> for MSRP.</summary>
    public required ImmutableArray<string> Formats { get; init; }

    /// <summary>The media's own <c>c=</c>, if any.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>Its <c>i=</c>, <c>b=</c> and <c>k=</c> lines.</summary>
    public ImmutableArray<SdpLine> OtherLines { get; init; } = [];

    /// <summary>Its attributes, in order.</summary>
    public ImmutableArray<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>Whether this is MSRP, over TCP or TLS.</summary>
    public bool IsMsrp => string.Equals(Kind, "message", StringComparison.OrdinalIgnoreCase)
        && (string.Equals(Protocol, MsrpMedia.PlainProtocol, StringComparison.OrdinalIgnoreCase)
            || string.Equals(Protocol, MsrpMedia.SecureProtocol, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of the first attribute of this name; null when absent or without value.</summary>
    public string? Attribute(string name)
    {
        foreach (SdpAttribute attribute in Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>The direction of this media: its own, else the session's, else sendrecv (RFC 8866 6.7).</summary>
    public SdpDirection Direction(SdpSession session) =>
        SdpDirections.Find(Attributes) ?? SdpDirections.Find(session.Attributes) ?? SdpDirection.SendRecv;

    /// <summary>The answer to media that is not wanted: the same line with port 0 (RFC 3264 6).</summary>
    public SdpMedia Refused() => new() { Kind = Kind, Port = 0, Protocol = Protocol, Formats = Formats };
}
