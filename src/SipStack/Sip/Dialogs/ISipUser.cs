using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>The application above the stack: takes what belongs to no dialog yet. Called on the loop.</summary>
public interface ISipUser
{
    /// <summary>A request outside dialogs, other than INVITE, ACK and CANCEL. It is answered now or later.</summary>
    void OnRequest(SipServerTransaction transaction);

    /// <summary>An INVITE outside dialogs. It is accepted or rejected now or later.</summary>
    void OnInvite(IncomingInvite invite);
}
