using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Sdp;

/// <summary>This side of an MSRP session, as an offer or answer is to describe it.</summary>
public sealed record MsrpLocalMedia
{
    /// <summary>RFC 4145 4.1: the port of a side that only connects.</summary>
    public const int DiscardPort = 9;

    /// <summary>The path of this end; also the From-Path of its requests. With <see cref="Setup"/> active its port may
    /// be <see cref="DiscardPort"/>.</summary>
    public required MsrpPath Path { get; init; }

    /// <summary>The types taken by themselves.</summary>
    public required MsrpAcceptTypes AcceptTypes { get; init; }

    /// <summary>The types taken only inside containers.</summary>
    public MsrpAcceptTypes AcceptWrappedTypes { get; init; } = MsrpAcceptTypes.None;

    /// <summary>What this side wants to do; an answer may do less.</summary>
    public SdpDirection Direction { get; init; } = SdpDirection.SendRecv;

    /// <summary>What this side can do; an answer settles for one, and prefers to listen (profile D18).</summary>
    public SdpSetup Setup { get; init; } = SdpSetup.ActPass;

    /// <summary>The largest message wanted, in octets; null says nothing.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Whether the session is over TLS.</summary>
    public bool IsSecure { get; init; }

    /// <summary>The value of <c>a=fingerprint</c>, of a side that shows a certificate (RFC 4975 14.4); null for none.</summary>
    public string? Fingerprint { get; init; }
}
