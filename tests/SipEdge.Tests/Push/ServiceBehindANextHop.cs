using System.Net;
using System.Net.Sockets;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A service whose own requests go to a core on a port of this host.</summary>
public sealed class ServiceBehindANextHop : RunningService
{
    /// <summary>Makes the service.</summary>
    public ServiceBehindANextHop()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        CorePort = ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>Where the core is, over UDP.</summary>
    public int CorePort { get; }

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Routing:NextHop", $"sip:127.0.0.1:{CorePort}"),
    ];
}
