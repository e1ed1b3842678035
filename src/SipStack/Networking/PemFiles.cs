using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PosteRestante.SipStack.Networking;

/// <summary>Reads certificates in PEM form.</summary>
public static class PemFiles
{
    /// <summary>Reads our certificate, with the certificates above it after it, and its key.</summary>
    /// <param name="certificate">The text of the certificate file.</param>
    /// <param name="key">The text of the key file; the key is not encrypted.</param>
    /// <exception cref="CryptographicException">They cannot be read, or do not belong together.</exception>
    public static SslStreamCertificateContext ReadCertificate(string certificate, string key)
    {
        try
        {
            using var paired = X509Certificate2.CreateFromPem(certificate, key);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate);
            chain.RemoveAt(0); // the first is ours

            // Through PKCS #12, because some systems do not take a key that lives in memory only.
            var own = X509CertificateLoader.LoadPkcs12(paired.Export(X509ContentType.Pkcs12), password: null);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (ArgumentException mismatch)
        {
            throw new CryptographicException(mismatch.Message, mismatch);
        }
    }

    /// <summary>Reads the certificates of authorities.</summary>
    /// <exception cref="CryptographicException">There is none, or one cannot be read.</exception>
    public static X509Certificate2Collection ReadAuthorities(string certificates)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(certificates);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("There is no certificate in it.");
    }
}
