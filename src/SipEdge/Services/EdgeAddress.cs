using System.Net;
using System.Net.NetworkInformation;

namespace PosteRestante.SipEdge.Services;

/// <summary>
/// Where peers reach this node: known once its listeners are bound, and set by the host before any of them takes a request.
/// </summary>
public sealed class EdgeAddress
{
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

    /// <summary>The address SIP listens on; any address of the machine when it is <see cref="IPAddress.Any"/> or its like.</summary>
    public IPAddress Listening { get; set; } = IPAddress.Loopback;

    /// <summary>The host as it stands in a URI.</summary>
    public string UriHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Whether an address is one that this node is reached at.</summary>
    public bool Owns(IPAddress named)
    {
        ArgumentNullException.ThrowIfNull(named);
        return (IPAddress.TryParse(Host, out var advertised) && advertised.Equals(named))
            || Listening.Equals(named)
            || ((Listening.Equals(IPAddress.Any) || Listening.Equals(IPAddress.IPv6Any)) && _ofTheMachine.Value.Contains(named));
    }
}
