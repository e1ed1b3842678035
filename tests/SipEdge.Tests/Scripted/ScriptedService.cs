using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Scripted;

/// <summary>A service behind a core that has room for one of everything, and whose mailboxes are scripted.</summary>
public sealed class ScriptedService : RunningService
{
    private readonly ConcurrentDictionary<string, ScriptedMailbox> _mailboxes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Identity:TrustedPeers:0", "127.0.0.1"),
        new("Deposit:MaxPending", "1"),
        new("Deposit:RetryAfter", "00:00:07"),
        new("Retrieval:MaxSessions", "1"),
        new("Delivery:StoreRetries", "2"),
        new("Msrp:MaxSessions", "1"),
    ];

    /// <summary>The mailbox of a user.</summary>
    internal ScriptedMailbox MailboxOf(string user) =>
        _mailboxes.GetOrAdd(MailboxKey.FromAor($"sip:{user}@example.net").Value, _ => new ScriptedMailbox());

    /// <inheritdoc/>
    protected override void Configure(IServiceCollection services) =>
        SubstitutedGrains.AddTo(services, (key, _) => _mailboxes.GetOrAdd(key, _ => new ScriptedMailbox()));
}
