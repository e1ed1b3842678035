using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Records;
using PosteRestante.Grains.Telemetry;

namespace PosteRestante.Grains.Mailbox;

/// <summary>What all mailboxes of a process share.</summary>
internal sealed class MailboxContext(
    IMailboxRecords records,
    MessageKeys keys,
    [FromKeyedServices(GrainClock.ServiceKey)] TimeProvider clock,
    RandomNumberGenerator random,
    IOptions<MailboxOptions> options,
    GrainInstruments instruments,
    ILogger<UserMailbox> logger)
{
    /// <summary>The stored records.</summary>
    public IMailboxRecords Records => records;

    /// <summary>Makes message keys.</summary>
    public MessageKeys Keys => keys;

    /// <summary>The time of the grains.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Where names that nobody else has come from.</summary>
    public RandomNumberGenerator Random => random;

    /// <summary>Limits and habits.</summary>
    public MailboxOptions Options { get; } = options.Value;

    /// <summary>What is counted.</summary>
    public GrainInstruments Instruments => instruments;

    /// <summary>What is logged.</summary>
    public ILogger Logger => logger;
}
