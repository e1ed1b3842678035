using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>Whose session a dialog carries. Called on the loop.</summary>
public interface ISipDialogUser
{
    /// <summary>The ACK to our 2xx came.</summary>
    void OnConfirmed(SipDialog dialog, SipMessage ack)
    {
    }

    /// <summary>
    /// The peer wants to change the session. The default refuses with 488, and the session goes on as it was (RFC 3261 14.2).
    /// A 2xx is sent by <see cref="SipDialog.SendSuccess"/>, so that it is retransmitted.
    /// </summary>
    void OnReInvite(SipDialog dialog, SipServerTransaction transaction) => transaction.Respond(488);

    /// <summary>Another request came within the dialog; the default answers 501 (RFC 3261 21.5.2), OPTIONS with 200.</summary>
    void OnRequest(SipDialog dialog, SipServerTransaction transaction) =>
        transaction.Respond(transaction.Request.Method == SipMethod.Options ? 200 : 501);

    /// <summary>The dialog is over. Called once.</summary>
    void OnEnded(SipDialog dialog, SipDialogEnd end);
}
