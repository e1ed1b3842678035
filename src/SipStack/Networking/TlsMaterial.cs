using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PosteRestante.SipStack.Networking;

/// <summary>What TLS works with at one time: who we are, and whose word on others is taken.</summary>
public sealed record TlsMaterial
{
    /// <summary>Our certificate with its key and the certificates above it; null for a side that has none and only connects.</summary>
    public SslStreamCertificateContext? Certificate { get; init; }

    /// <summary>The authorities whose clients may connect; null: clients need no certificate.</summary>
    public X509Certificate2Collection? ClientAuthorities { get; init; }

    /// <summary>The authorities that vouch for peers we connect to; null: those of the system.</summary>
    public X509Certificate2Collection? PeerAuthorities { get; init; }

    /// <summary>How long our certificate is good.</summary>
    public DateTimeOffset? NotAfter => Certificate?.TargetCertificate.NotAfter;

    /// <summary>The fingerprint of our certificate, for SDP (RFC 4975 14.4).</summary>
    public string? Fingerprint => Certificate is { } own ? CertificateFingerprint.Of(own.TargetCertificate) : null;

    /// <summary>How a chain is judged that must lead to one of the authorities; revocation is not asked for.</summary>
    internal static X509ChainPolicy Policy(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }
}
