using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PosteRestante.Client.Sessions;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>A service with TLS listeners, whose files are looked at often.</summary>
public class ServiceWithTls : RunningService
{
    private readonly TemporaryFolder _files = new();

    /// <summary>Who vouches for the service.</summary>
    public TestAuthority Authority { get; } = new();

    /// <summary>The file of the service's certificate.</summary>
    public string CertificateFile => _files.PathOf("server.pem");

    /// <summary>The file of its key.</summary>
    public string KeyFile => _files.PathOf("server.key");

    /// <summary>A folder for files of this service.</summary>
    protected TemporaryFolder Files => _files;

    /// <summary>Further settings.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string?>> More => [];

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings
    {
        get
        {
            Authority.Issue(CertificateFile, KeyFile, "im.example.net");
            return
            [
                new("Tls:HandshakeTimeout", "00:01:00"), // the machine is busy with other tests
                .. More,
                new("Tls:CertificateFile", CertificateFile),
                new("Tls:KeyFile", KeyFile),
                new("Tls:ReloadInterval", "00:00:00.100"),
                new("Deposit:AllowUnauthenticated", "false"),
                new("Logging:LogLevel:PosteRestante.Silo.Tls", "Error"),
            ];
        }
    }

    /// <summary>How a test's own TLS client finds the service.</summary>
    public SslClientAuthenticationOptions ClientSettings(TestAuthority? trusted = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange((trusted ?? Authority).Trusted);
        return new SslClientAuthenticationOptions { TargetHost = "im.example.net", CertificateChainPolicy = policy };
    }

    /// <summary>Opens a client of a user over TLS.</summary>
    public ImClient Open(string user, string password, ClientWire? wire = null, TestAuthority? trusted = null) => ImClient.Start(
        new ImClientOptions
        {
            Aor = $"sip:{user}@example.net",
            UserName = user,
            Password = password,
            Server = Sips,
            DeferredUri = "sip:Deferred@im.example.net",
            Tls = new ImClientTls { ServerName = "im.example.net", Authorities = (trusted ?? Authority).Trusted },
        },
        Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
        TimeProvider.System,
        System.Security.Cryptography.RandomNumberGenerator.Fill,
        wire);

    /// <inheritdoc/>
    protected override void Clean()
    {
        _files.Dispose();
        Authority.Dispose();
    }
}
