namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>What follows from the kind of a transport.</summary>
public static class SipTransportKinds
{
    /// <summary>Whether the transport retransmits by itself, so that transactions do not (RFC 3261 17).</summary>
    public static bool IsReliable(this SipTransportKind kind) => kind != SipTransportKind.Udp;

    /// <summary>The word for it in Via (RFC 3261 20.42).</summary>
    public static string ToViaText(this SipTransportKind kind) =>
        kind switch
        {
            SipTransportKind.Udp => "UDP",
            SipTransportKind.Tcp => "TCP",
            _ => "TLS",
        };

    /// <summary>The port where a URI or a Via names none (RFC 3261 18.2.2, 19.1.2).</summary>
    public static int DefaultPort(this SipTransportKind kind) => kind == SipTransportKind.Tls ? 5061 : 5060;
}
