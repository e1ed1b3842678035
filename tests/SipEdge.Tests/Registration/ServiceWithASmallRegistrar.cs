using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Registration;

/// <summary>A service that believes this host and registers few.</summary>
public sealed class ServiceWithASmallRegistrar : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Push:AnswerWait", "00:00:02"),
        new("Registrar:MaxBindingsPerUser", "3"),
        new("Registrar:MaxBindings", "12"),
        new("Registrar:MaxExpires", "00:59:00"),
        new("Registrar:DefaultExpires", "00:10:00"),
    ];
}
