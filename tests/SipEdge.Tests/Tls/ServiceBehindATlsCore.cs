namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>A service that believes this host, over TLS too.</summary>
public sealed class ServiceBehindATlsCore : ServiceWithTls
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> More =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Shutdown:DrainDeadline", "00:00:00.100"), // its retrievals are left standing
    ];
}
