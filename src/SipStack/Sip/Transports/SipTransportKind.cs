namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>How SIP messages travel. An in-memory transport behaves as one of these.</summary>
public enum SipTransportKind
{
    /// <summary>Datagrams: lost, doubled and reordered (RFC 3261 18).</summary>
    Udp,

    /// <summary>A stream.</summary>
    Tcp,

    /// <summary>A stream over TLS.</summary>
    Tls,
}
