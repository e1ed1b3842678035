using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sessions;

/// <summary>Where the server reaches a client.</summary>
internal static class ClientContact
{
    /// <summary>The host, of MSRP paths and SDP too.</summary>
    public static string Host(SipEndpoint sip) => sip.Transports.Find(SipTransportKind.Udp)!.SentByHost;

    /// <summary>The URI of Contact (RFC 3261 8.1.1.8); the server comes back over the flow.</summary>
    public static string Uri(SipEndpoint sip, SipTransportKind over)
    {
        var transport = sip.Transports.Find(SipTransportKind.Udp)!;
        var parameter = over == SipTransportKind.Udp ? string.Empty : $";transport={over.ToViaText().ToLowerInvariant()}";
        return $"sip:{transport.SentByHost}:{transport.SentByPort}{parameter}";
    }
}
