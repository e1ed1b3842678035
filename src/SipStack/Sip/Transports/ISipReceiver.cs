using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>Takes what the transports receive. All members are called on the loop.</summary>
public interface ISipReceiver
{
    /// <summary>A message arrived, whole or malformed.</summary>
    /// <param name="flow">Over what.</param>
    /// <param name="message">The message; it owns its octets.</param>
    /// <param name="result">Whether it could be parsed.</param>
    /// <param name="receivedAt">When it left the socket, in the loop's timestamp units.</param>
    void Receive(SipFlow flow, SipMessage message, SipParseResult result, long receivedAt);

    /// <summary>The connection of a flow is gone.</summary>
    void LoseFlow(SipFlow flow);
}
