namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>A service that gives a handshake little time, and a peer few at once.</summary>
public sealed class ServiceWithShortHandshakes : ServiceWithTls
{
    /// <summary>Handshakes of one peer at once.</summary>
    public const int PerPeer = 3;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> More =>
        [new("Tls:HandshakeTimeout", "00:00:01"), new("Tls:MaxHandshakesPerPeer", $"{PerPeer}")];
}
