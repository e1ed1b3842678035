using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Messages;

/// <summary>What all messages of a process share.</summary>
internal sealed class MessageContext(
    IMessageRecords records,
    KeySecret secret,
    [FromKeyedServices(GrainClock.ServiceKey)] TimeProvider clock,
    IOptions<MailboxOptions> options)
{
    /// <summary>The stored records.</summary>
    public IMessageRecords Records => records;

    /// <summary>Which secret keys are made with now.</summary>
    public int KeyId => secret.KeyId;

    /// <summary>The time of the grains.</summary>
    public TimeProvider Clock => clock;

    /// <summary>How long before its expiry a message keeps a timer.</summary>
    public TimeSpan TimerHorizon { get; } = options.Value.ExpiryTimerHorizon;
}
