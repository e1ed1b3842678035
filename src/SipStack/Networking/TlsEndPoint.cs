using System.Net;
using System.Net.Sockets;

namespace PosteRestante.SipStack.Networking;

/// <summary>Where to connect to with TLS, and who must answer there.</summary>
/// <param name="address">The end point.</param>
/// <param name="name">The host name or IP address that the peer's certificate must carry (RFC 5922 7.2).</param>
public sealed class TlsEndPoint(IPEndPoint address, string name) : EndPoint
{
    /// <summary>The end point.</summary>
    public IPEndPoint Address => address;

    /// <summary>The host name or IP address that the peer's certificate must carry.</summary>
    public string Name => name;

    /// <summary>
    /// The value of <c>a=fingerprint</c> (RFC 8122 5) that came over a channel that can be trusted; then the certificate is known by
    /// it, whoever signed it. Null: the certificate is judged by its chain and its name.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => address.AddressFamily;

    /// <inheritdoc/>
    public override string ToString() => $"{address} ({name})";
}
