using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Registration;

/// <summary>A service behind a core, which has a registrar.</summary>
public sealed class ServiceBehindARegistrar : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
        [new("Identity:TrustedPeers:0", "127.0.0.1"), new("Routing:NextHop", "sip:127.0.0.1:9")];
}
