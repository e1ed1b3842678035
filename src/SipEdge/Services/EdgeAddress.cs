using System.Net;
using System.Net.NetworkInformation;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Services;

/// <summary>
/// Where peers reach this node: known once its listeners are bound, and set by the host before any of them takes a request.
/// </summary>
public sealed class EdgeAddress
{
    private const int DefaultSipsPort = 5061;

    // Read once: a probe must not cost a walk over the interfaces.
    private readonly Lazy<HashSet<IPAddress>> _ofTheMachine = new(static () =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
            .Select(static unicast => unicast.Address),
    ]);

    /// <summary>The host of Contact and of MSRP paths; an IPv6 address without brackets.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port of SIP over UDP and TCP.</summary>
    public int SipPort { get; set; }

    /// <summary>The port of MSRP over TCP.</summary>
    public int MsrpPort { get; set; }

    /// <summary>The port of SIP over TLS; null when it does not listen there.</summary>
    public int? SipsPort { get; set; }

    /// <summary>The port of MSRP over TLS; null when it does not listen there.</summary>
    public int? MsrpsPort { get; set; }

    /// <summary>Gives the fingerprint of the certificate that MSRP over TLS shows now (RFC 4975 14.4).</summary>
    public Func<string?> Fingerprint { get; set; } = static () => null;

    /// <summary>The address SIP listens on; any address of the machine when it is <see cref="IPAddress.Any"/> or its like.</summary>
    public IPAddress Listening { get; set; } = IPAddress.Loopback;

    /// <summary>The host as it stands in a URI.</summary>
    public string UriHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>The URI of our Contact towards a peer (RFC 3261 8.1.1.8, 12.1.1; RFC 5630 3.1).</summary>
    /// <param name="transport">How the peer is reached.</param>
    /// <param name="isSips">Whether it must be a SIPS URI, because the peer's is.</param>
    public string ContactUri(SipTransportKind transport, bool isSips = false) => transport switch
    {
        SipTransportKind.Udp => $"sip:{UriHost}:{SipPort}",
        SipTransportKind.Tcp => $"sip:{UriHost}:{SipPort};transport=tcp",
        _ when isSips => $"sips:{UriHost}:{SipsPort ?? DefaultSipsPort}",
        _ => $"sip:{UriHost}:{SipsPort ?? DefaultSipsPort};transport=tls",
    };

    /// <summary>The port of MSRP in our SDP.</summary>
    /// <param name="isSecure">Whether the session is over TLS.</param>
    public int MsrpPortFor(bool isSecure) => isSecure && MsrpsPort is { } secure ? secure : MsrpPort;

    /// <summary>Whether an address is one that this node is reached at.</summary>
    public bool Owns(IPAddress named)
    {
        ArgumentNullException.ThrowIfNull(named);
        return (IPAddress.TryParse(Host, out var advertised) && advertised.Equals(named))
            || Listening.Equals(named)
            || ((Listening.Equals(IPAddress.Any) || Listening.Equals(IPAddress.IPv6Any)) && _ofTheMachine.Value.Contains(named));
    }
}
