namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service whose mailboxes hold one message, and whose sessions of large messages may not idle.</summary>
public sealed class ServiceWithLittleRoom : RunningService
{
    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Mailbox:MaxMessages", "1"),
        new("Deposit:Large:IdleTimeout", "00:00:01"),
    ];
}
