using System.Collections.Immutable;

namespace PosteRestante.Protocols.Sdp;

/// <summary>What the peer's description must allow, for the session to be of use.</summary>
public sealed record MsrpPeerRequirements
{
    /// <summary>Nothing in particular.</summary>
    public static MsrpPeerRequirements None { get; } = new();

    /// <summary>The direction the peer must have written, effectively; null for any. A retrieval needs
    /// <see cref="SdpDirection.RecvOnly"/> (DM-12.2.1-2).</summary>
    public SdpDirection? Direction { get; init; }

    /// <summary>The types the peer must accept by themselves.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>The types the peer must accept inside containers.</summary>
    public ImmutableArray<string> WrappedTypes { get; init; } = [];
}
