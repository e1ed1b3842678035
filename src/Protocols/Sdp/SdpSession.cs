using System.Collections.Immutable;

namespace PosteRestante.Protocols.Sdp;

/// <summary>A session description (RFC 8866). Lines that this project does not read are kept.</summary>
public sealed class SdpSession
{
    /// <summary>The <c>o=</c> line.</summary>
    public required SdpOrigin Origin { get; init; }

    /// <summary>The <c>s=</c> line.</summary>
    public string Name { get; init; } = "-";

    /// <summary>The session's <c>c=</c>, if any.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>The <c>i= u= e= p= b= t= r= z= k=</c> lines of the session, in order.</summary>
    public ImmutableArray<SdpLine> OtherLines { get; init; } = [new SdpLine('t', "0 0")];

    /// <summary>The session's attributes, in order.</summary>
    public ImmutableArray<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The media, in order: an answer has as many (RFC 3264 6).</summary>
    public ImmutableArray<SdpMedia> Media { get; init; } = [];
}
