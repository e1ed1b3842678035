using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>What stands above the transactions (the TU of RFC 3261 17): the dialogs. Called on the loop.</summary>
internal interface ITransactionUser
{
    /// <summary>A new request came, other than ACK and CANCEL.</summary>
    void OnRequest(SipServerTransaction transaction);

    /// <summary>An ACK came that belongs to no transaction: one for a 2xx (17.1.1.3).</summary>
    void OnAck(SipMessage ack, SipFlow flow);

    /// <summary>A 2xx to INVITE came that belongs to no transaction any more (13.2.2.4).</summary>
    void OnStraySuccess(SipMessage response, SipFlow flow);
}
