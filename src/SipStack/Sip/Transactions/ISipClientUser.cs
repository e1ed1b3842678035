using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Who sent a request. Called on the loop, never within the call that sends.</summary>
public interface ISipClientUser
{
    /// <summary>A response came: provisional ones first, one final one, for INVITE perhaps several 2xx of several forks.</summary>
    void OnResponse(SipClientTransaction transaction, SipMessage response);

    /// <summary>There will be no (more) response.</summary>
    void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure);
}
