namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service that believes what its core, on this host, says of identities.</summary>
public sealed class ServiceBehindACore : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Identity:TrustedPeers:0", "127.0.0.1")];
}
