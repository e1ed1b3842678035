using System.Net;
using System.Net.Sockets;

namespace PosteRestante.Client.Sessions;

/// <summary>Finds the address this host uses towards another.</summary>
internal static class LocalAddress
{
    /// <summary>The address the routing table chooses. A datagram socket that is connected sends nothing.</summary>
    public static IPAddress Towards(IPEndPoint remote)
    {
        using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(remote);
        return ((IPEndPoint)probe.LocalEndPoint!).Address;
    }
}
