namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service whose users are reached through MSRP relays, and get only what was not delivered yet.</summary>
public sealed class ServiceBehindARelay : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Retrieval:All", "Undelivered"),
        new("Delivery:RelayReportWait", "00:00:00.500"),
    ];
}
