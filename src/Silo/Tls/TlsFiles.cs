using System.Security.Cryptography;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.Silo.Tls;

/// <summary>The texts of the configured files at one time, and what they say.</summary>
internal sealed record TlsFiles(string Certificate, string Key, string ClientAuthorities, string PeerAuthorities)
{
    /// <summary>Reads the files that are named.</summary>
    /// <exception cref="IOException">One cannot be read; the message says which, and what to do.</exception>
    public static TlsFiles Read(TlsOptions options) => new(
        Text(nameof(options.CertificateFile), options.CertificateFile),
        Text(nameof(options.KeyFile), options.KeyFile),
        Text(nameof(options.ClientAuthoritiesFile), options.ClientAuthoritiesFile),
        Text(nameof(options.PeerAuthoritiesFile), options.PeerAuthoritiesFile));

    /// <summary>What they say.</summary>
    /// <exception cref="CryptographicException">One cannot be used; the message says which, and what to do.</exception>
    public TlsMaterial Parse() => new()
    {
        Certificate = Certificate.Length == 0
            ? null
            : Named(
                nameof(TlsOptions.CertificateFile),
                $"must hold a certificate in PEM form, and {nameof(TlsOptions.KeyFile)} its unencrypted key",
                () => PemFiles.ReadCertificate(Certificate, Key)),
        ClientAuthorities = Authorities(nameof(TlsOptions.ClientAuthoritiesFile), ClientAuthorities),
        PeerAuthorities = Authorities(nameof(TlsOptions.PeerAuthoritiesFile), PeerAuthorities),
    };

    private static System.Security.Cryptography.X509Certificates.X509Certificate2Collection? Authorities(string key, string text) =>
        text.Length == 0 ? null : Named(key, "must hold certificates in PEM form", () => PemFiles.ReadAuthorities(text));

    private static string Text(string key, string path)
    {
        try
        {
            if (path.Length == 0)
            {
                return string.Empty;
            }

            // A file that is just being written may be empty for a moment; that must not count as none.
            var text = File.ReadAllText(path);
            return text.Length > 0 ? text : throw new IOException("it is empty.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{TlsOptions.SectionName}:{key} is '{path}', which cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static T Named<T>(string key, string demand, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CryptographicException unusable)
        {
            throw new CryptographicException($"{TlsOptions.SectionName}:{key} {demand}: {unusable.Message}", unusable);
        }
    }
}
