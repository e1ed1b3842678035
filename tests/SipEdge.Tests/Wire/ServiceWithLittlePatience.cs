namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service that gives peers little time and few connections.</summary>
public sealed class ServiceWithLittlePatience : RunningService
{
    /// <summary>Connections of one peer.</summary>
    public const int PerPeer = 3;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Sip:Transport:UnfinishedMessageAge", "00:00:01"),
        new("Sip:Transport:IdleTimeout", "00:00:03"),
        new("Sip:Transport:MaxConnectionsPerPeer", $"{PerPeer}"),
        new("Sip:Timers:T1", "00:00:00.050"),
        new("Sip:Dialogs:MaxDialogs", "1"),
        new("Msrp:FirstSendTimeout", "00:00:01"),
        new("Msrp:StallTimeout", "00:00:01"),
        new("Msrp:MaxConnectionsPerPeer", $"{PerPeer}"),
    ];
}
