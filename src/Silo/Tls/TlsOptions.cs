using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Silo.Tls;

/// <summary>
/// TLS for SIP and MSRP. Its listeners are open when there is a certificate. The files are PEM, and are read again when they
/// change; connections that stand are not touched by that.
/// </summary>
public sealed class TlsOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Tls";

    /// <summary>The service's certificate, followed by those above it. Default empty: no TLS listeners.</summary>
    public string CertificateFile { get; set; } = string.Empty;

    /// <summary>The key of the certificate, not encrypted, and readable by the service alone. Default empty.</summary>
    public string KeyFile { get; set; } = string.Empty;

    /// <summary>
    /// The authorities whose clients may connect to the SIP listener: with it, a peer without a certificate of theirs is refused.
    /// Default empty: peers need none. A certificate says nothing about users; <c>Identity</c> does.
    /// </summary>
    public string ClientAuthoritiesFile { get; set; } = string.Empty;

    /// <summary>The authorities that vouch for peers the service connects to. Default empty: those of the system.</summary>
    public string PeerAuthoritiesFile { get; set; } = string.Empty;

    /// <summary>How often is looked whether the files have changed. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a handshake of a peer may take; then its connection is cut. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Peers of one listener that may be in a handshake at once; one more is cut. Default 512.</summary>
    [Range(1, 100_000)]
    public int MaxHandshakes { get; set; } = 512;

    /// <summary>The same of one peer address. Default 64: a core that comes back opens some connections at once.</summary>
    [Range(1, 100_000)]
    public int MaxHandshakesPerPeer { get; set; } = 64;

    /// <summary>Whether there is a certificate, and so TLS listeners.</summary>
    internal bool IsOn => CertificateFile.Length > 0;
}
