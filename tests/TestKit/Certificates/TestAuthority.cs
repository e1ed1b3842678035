using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PosteRestante.TestKit.Certificates;

/// <summary>An authority of a test, and the certificates it gives.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _certificate;
    private long _serial;

    /// <summary>Makes one.</summary>
    public TestAuthority(string name = "Test Authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        _certificate = request.CreateSelfSigned(Now - Lifetime, Now + Lifetime + Lifetime);
    }

    /// <summary>The authority's certificate in PEM form.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>The authority as those who trust it hold it.</summary>
    public X509Certificate2Collection Trusted => [X509CertificateLoader.LoadCertificate(_certificate.RawData)];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Gives a certificate for host names and addresses; with none, one without alternative names.</summary>
    /// <param name="names">Host names, IP addresses, or SIP URIs.</param>
    /// <param name="commonName">The common name of the subject.</param>
    public (string Certificate, string Key) Issue(IEnumerable<string> names, string commonName = "test")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        var isNamed = false;
        foreach (var name in names)
        {
            isNamed = true;
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else if (name.StartsWith("sip", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal))
            {
                alternatives.AddUri(new Uri(name));
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        if (isNamed)
        {
            request.CertificateExtensions.Add(alternatives.Build());
        }

        var serial = BitConverter.GetBytes(Interlocked.Increment(ref _serial));
        using var certificate = request.Create(_certificate, Now - Lifetime, Now + Lifetime, serial);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Gives a certificate and puts it and its key into files.</summary>
    public void Issue(string certificateFile, string keyFile, params IEnumerable<string> names)
    {
        var (certificate, key) = Issue(names);
        File.WriteAllText(keyFile, key);
        File.WriteAllText(certificateFile, certificate);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
