using System.Net;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.SipStack.Msrp;

/// <summary>Where the active side connects to.</summary>
public static class MsrpDestination
{
    /// <summary>The end point, with TLS when the session is secure (RFC 4975 14.2, 14.4).</summary>
    /// <param name="address">The address of the peer's first URI, which may be connected to.</param>
    /// <param name="remote">The peer.</param>
    /// <param name="isSignallingSecure">
    /// Whether its description came over TLS: only then its fingerprint says who it is; else its certificate must.
    /// </param>
    public static EndPoint Of(IPEndPoint address, MsrpMedia remote, bool isSignallingSecure) => remote.IsSecure
        ? new TlsEndPoint(address, remote.Path.First.Host.Trim('[', ']')) { Fingerprint = isSignallingSecure ? remote.Fingerprint : null }
        : address;
}
