namespace PosteRestante.Protocols.Sdp;

/// <summary>What offer and answer agreed on.</summary>
/// <param name="Local">This side.</param>
/// <param name="Remote">The peer's media.</param>
/// <param name="MediaIndex">Which m-line it is.</param>
/// <param name="Direction">What this side does.</param>
/// <param name="IsActive">Whether this side connects, and sends the first SEND (RFC 4975 5.4, RFC 6135 4.2).</param>
public sealed record MsrpNegotiation(
    MsrpLocalMedia Local, MsrpMedia Remote, int MediaIndex, SdpDirection Direction, bool IsActive);
