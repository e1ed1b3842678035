using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Refuses what has waited too long already: its sender is about to retransmit, and others wait behind it.</summary>
public sealed class QueueAgeAdmission(QueueAgeOptions options, SipIdentifiers random) : ISipAdmission
{
    /// <inheritdoc/>
    public TimeSpan? Refuse(SipMessage request, SipFlow flow, TimeSpan waited)
    {
        if (waited <= options.MaxQueueAge)
        {
            return null;
        }

        var spread = Math.Max(0, (int)(options.MaxRetryAfter - options.MinRetryAfter).TotalSeconds);
        return options.MinRetryAfter + TimeSpan.FromSeconds(random.Next(spread + 1));
    }
}
