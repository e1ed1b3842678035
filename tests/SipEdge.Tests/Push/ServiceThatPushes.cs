using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A service that believes this host and gives a callee one second.</summary>
public sealed class ServiceThatPushes : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Push:AnswerWait", "00:00:01"),
        new("Push:BusyPause", "00:00:00.050"),
    ];
}
