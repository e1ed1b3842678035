using System.Net;
using System.Net.Sockets;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>The host that stands in our Via.</summary>
internal static class SipSentBy
{
    /// <summary>The advertised host, else the bound address; bound to all addresses, the loopback address stands in.</summary>
    public static string Host(string? advertised, IPAddress bound)
    {
        if (!string.IsNullOrEmpty(advertised))
        {
            return IPAddress.TryParse(advertised, out var address) ? Format(address) : advertised;
        }

        return bound.Equals(IPAddress.Any) ? Format(IPAddress.Loopback)
            : bound.Equals(IPAddress.IPv6Any) ? Format(IPAddress.IPv6Loopback)
            : Format(bound);
    }

    private static string Format(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
