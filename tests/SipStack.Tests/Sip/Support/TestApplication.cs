using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>An application that does what the test says.</summary>
internal sealed class TestApplication : ISipUser
{
    public List<IncomingInvite> Invites { get; } = [];

    public List<SipServerTransaction> Requests { get; } = [];

    public Action<IncomingInvite>? HandleInvite { get; set; }

    public Action<SipServerTransaction>? HandleRequest { get; set; }

    public void OnRequest(SipServerTransaction transaction)
    {
        Requests.Add(transaction);
        HandleRequest?.Invoke(transaction);
    }

    public void OnInvite(IncomingInvite invite)
    {
        Invites.Add(invite);
        HandleInvite?.Invoke(invite);
    }
}
