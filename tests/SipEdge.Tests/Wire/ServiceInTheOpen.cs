namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service whose core is elsewhere: whoever comes from here proves who he is.</summary>
public sealed class ServiceInTheOpen : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Deposit:AllowUnauthenticated", "false"), new("Identity:TrustedPeers:0", "192.0.2.1")];
}
