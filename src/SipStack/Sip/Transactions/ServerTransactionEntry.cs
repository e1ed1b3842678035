using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>What the table of server transactions holds: one at work, or what is left of a completed one.</summary>
public abstract class ServerTransactionEntry
{
    private protected ServerTransactionEntry()
    {
    }

    /// <summary>Another message of the transaction came: a retransmission, or an ACK.</summary>
    internal abstract void OnMessage(SipMessage message);
}
