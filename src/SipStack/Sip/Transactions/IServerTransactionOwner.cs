using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Who wants to know what becomes of a server transaction. Called on the loop.</summary>
internal interface IServerTransactionOwner
{
    /// <summary>An ACK came within the transaction after a 2xx (RFC 6026 7.1).</summary>
    void OnAck(SipMessage ack);

    /// <summary>A CANCEL came for it; nothing was answered for that reason yet (RFC 3261 9.2).</summary>
    void OnCancel();

    /// <summary>It ended without an ACK, or without a final response.</summary>
    void OnFailed(SipTransactionFailure failure);
}
