using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// A NIST in Completed, cut down to what timer J keeps it for: the key and the final response (RFC 3261 17.2.2). A link of
/// the list in which they wait for their end.
/// </summary>
internal sealed class CompletedTransaction(SipTransactionLayer layer, TransactionKey key, SipFlow flow, byte[] response, int status, TimeSpan endAt)
    : ServerTransactionEntry
{
    public TransactionKey Key { get; } = key;

    public TimeSpan EndAt { get; } = endAt;

    public CompletedTransaction? Next { get; set; }

    internal override void OnMessage(SipMessage message)
    {
        layer.Instruments.RequestRetransmitted();
        layer.Transports.SendResponse(message, flow, response, status);
    }
}
