using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>The user of a dialog that keeps what it sees. Re-INVITE and other requests take the defaults unless a test says otherwise.</summary>
internal sealed class TestSession : ISipDialogUser
{
    public List<SipMessage> Acks { get; } = [];

    public List<SipDialogEnd> Ends { get; } = [];

    public Action<SipDialog, SipServerTransaction>? ReInvite { get; set; }

    public void OnConfirmed(SipDialog dialog, SipMessage ack) => Acks.Add(ack);

    public void OnReInvite(SipDialog dialog, SipServerTransaction transaction)
    {
        if (ReInvite is null)
        {
            transaction.Respond(488);
        }
        else
        {
            ReInvite(dialog, transaction);
        }
    }

    public void OnEnded(SipDialog dialog, SipDialogEnd end) => Ends.Add(end);
}
