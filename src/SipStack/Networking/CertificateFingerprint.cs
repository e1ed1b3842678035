using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PosteRestante.SipStack.Networking;

/// <summary>The value of <c>a=fingerprint</c> (RFC 8122 5): <c>sha-256 4A:AD:…</c>.</summary>
public static class CertificateFingerprint
{
    private const string Sha256 = "sha-256";

    /// <summary>The fingerprint of a certificate.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return $"{Sha256} {string.Join(':', SHA256.HashData(certificate.RawData).Select(static octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)))}";
    }

    /// <summary>Whether a certificate has it. Hashes weaker than SHA-256 are not taken (RFC 8122 5).</summary>
    public static bool Matches(X509Certificate2 certificate, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(fingerprint);
        var space = fingerprint.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return false;
        }

        var octets = certificate.RawData;
        var hash = fingerprint[..space].ToUpperInvariant() switch
        {
            "SHA-256" => SHA256.HashData(octets),
            "SHA-384" => SHA384.HashData(octets),
            "SHA-512" => SHA512.HashData(octets),
            _ => null,
        };
        return hash is not null
            && string.Equals(Convert.ToHexString(hash), fingerprint[(space + 1)..].Replace(":", string.Empty, StringComparison.Ordinal).Trim(), StringComparison.OrdinalIgnoreCase);
    }
}
