using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A service behind a core that pushes to one user at a time and lets one wait.</summary>
public sealed class ServiceWithOnePlace : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Push:MaxConcurrent", "1"),
        new("Push:MaxWaiting", "1"),
        new("Push:BusyPause", "00:00:00.050"),
    ];
}
