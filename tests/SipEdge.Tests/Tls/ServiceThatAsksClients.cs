using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>A service whose SIP peers must show a certificate.</summary>
public sealed class ServiceThatAsksClients : ServiceWithTls
{
    /// <summary>Who vouches for them.</summary>
    public TestAuthority Clients { get; } = new("Client Authority");

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> More
    {
        get
        {
            File.WriteAllText(Files.PathOf("clients.pem"), Clients.Pem);
            return [new("Tls:ClientAuthoritiesFile", Files.PathOf("clients.pem"))];
        }
    }

    /// <inheritdoc/>
    protected override void Clean()
    {
        base.Clean();
        Clients.Dispose();
    }
}
