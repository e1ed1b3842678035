namespace PosteRestante.Silo.Listeners;

/// <summary>Where the service listens.</summary>
public sealed class ListenerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Listeners";

    /// <summary>The address all listeners bind to. Default <c>127.0.0.1</c>: nothing is open until that is wanted.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>
    /// The address peers reach the service under, in Contact, Via and MSRP paths. Default empty: <see cref="Address"/>.
    /// </summary>
    public string AdvertisedAddress { get; set; } = string.Empty;

    /// <summary>SIP over UDP and TCP. Default 5060.</summary>
    public int SipPort { get; set; } = 5060;

    /// <summary>MSRP over TCP. Default 2855 (RFC 4975 15.4).</summary>
    public int MsrpPort { get; set; } = 2855;

    /// <summary>SIP over TLS; open only with <c>Tls:CertificateFile</c>. Default 5061.</summary>
    public int SipsPort { get; set; } = 5061;

    /// <summary>MSRP over TLS; open only with <c>Tls:CertificateFile</c>. Default 2856: RFC 4975 registers none for it.</summary>
    public int MsrpsPort { get; set; } = 2856;

    /// <summary>HTTP: probes. Default 8080.</summary>
    public int HttpPort { get; set; } = 8080;

    /// <summary>Whether a port that is taken is replaced by a free one. Default false; the demo sets it.</summary>
    public bool TakeFreePortIfBusy { get; set; }
}
