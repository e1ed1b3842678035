using Microsoft.Extensions.DependencyInjection;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A service behind a core, with small pages, whose mailboxes can be made to fail.</summary>
public sealed class ServiceInTrouble : RunningService
{
    private IServiceProvider? _services;

    /// <summary>What goes wrong.</summary>
    public Trouble Trouble { get; } = new();

    /// <summary>MSRP sessions that are open.</summary>
    public int MsrpSessions => _services!.GetRequiredService<MsrpEndpoint>().Sessions;

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Delivery:PageMessages", "2"),
        new("Delivery:StoreRetries", "0"),
        new("Delivery:RelayReportWait", "00:00:00.500"),
        new("Msrp:MaxQueuedMessages", "4"),
        new("Accounts:Users:16:Password", "fabulous"), // quinn
    ];

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) =>
        SubstitutedGrains.AddTo(services, (_, mailbox) => new TroubledMailbox(mailbox, Trouble), provider => _services = provider);
}
