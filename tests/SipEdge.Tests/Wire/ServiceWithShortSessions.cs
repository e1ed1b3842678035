namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service that takes session intervals of a few seconds.</summary>
public sealed class ServiceWithShortSessions : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("SessionTimer:MinExpires", "00:00:02"),
    ];
}
