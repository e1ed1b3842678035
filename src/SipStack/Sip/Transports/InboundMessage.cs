using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>A parsed datagram on its way from a receive thread to the loop.</summary>
internal sealed class InboundMessage(ISipReceiver receiver, SipFlow flow, SipMessage message, SipParseResult result, long receivedAt) : ILoopWork
{
    /// <inheritdoc/>
    public void Run() => receiver.Receive(flow, message, result, receivedAt);
}
