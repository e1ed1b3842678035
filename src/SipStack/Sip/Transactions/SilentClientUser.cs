using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>For requests whose outcome changes nothing: CANCEL (RFC 3261 9.1), and the BYE of a fork nobody wants.</summary>
internal sealed class SilentClientUser : ISipClientUser
{
    public static readonly SilentClientUser Instance = new();

    /// <inheritdoc/>
    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        // Nothing depends on it.
    }

    /// <inheritdoc/>
    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure)
    {
        // Nothing depends on it.
    }
}
