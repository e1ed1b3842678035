using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>
/// An INVITE that asks for a session, as its server (RFC 3261 13.3). It is accepted or rejected once; only 100 and final
/// responses are sent, so no early dialog arises. All members are called on the loop.
/// </summary>
/// <remarks>
/// Usage: <c>invite.StartAccept("&lt;sip:Deferred@host&gt;").Body("application/sdp", sdp); var dialog = invite.Accept(session);</c>
/// or <c>invite.Reject(488)</c>.
/// </remarks>
public sealed class IncomingInvite : IServerTransactionOwner
{
    private readonly SipDialogLayer _layer;
    private readonly DialogRoute _route;

    internal IncomingInvite(SipDialogLayer layer, SipServerTransaction transaction, DialogRoute route)
    {
        _layer = layer;
        _route = route;
        Transaction = transaction;
        transaction.Owner = this;
    }

    /// <summary>The INVITE.</summary>
    public SipMessage Request => Transaction.Request;

    /// <summary>The flow it came over.</summary>
    public SipFlow Flow => Transaction.Flow;

    /// <summary>Its transaction, for a rejection with header fields: <c>StartResponse(…)</c>, <c>SendResponse()</c>.</summary>
    public SipServerTransaction Transaction { get; }

    /// <summary>Whether the caller cancelled it; 487 was sent then, and accepting does nothing.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Called when it is cancelled before it was answered.</summary>
    public Action? Cancelled { get; set; }

    /// <summary>Begins the 200 with its Contact; SDP, Allow, Supported and others are added by the caller.</summary>
    /// <param name="contact">A name-addr: where requests of the dialog are to go (12.1.1).</param>
    public SipResponseBuilder StartAccept(string contact) =>
        Transaction.StartResponse(200).Header(SipHeaderName.Contact, contact);

    /// <summary>Sends the 200 that <see cref="StartAccept"/> began, and repeats it until its ACK.</summary>
    /// <param name="user">Whose session it is.</param>
    /// <returns>The dialog; null when the INVITE was cancelled or answered before.</returns>
    public SipDialog? Accept(ISipDialogUser user)
    {
        if (Transaction.IsAnswered || Transaction.IsTerminated)
        {
            return null;
        }

        var dialog = SipDialog.AsServer(_layer, Transaction, _route, user);
        _layer.Add(dialog);
        dialog.SendSuccess(Transaction);
        return dialog;
    }

    /// <summary>Rejects it with a final response of 300 to 699.</summary>
    /// <returns>False when it was cancelled or answered before.</returns>
    public bool Reject(int status) => Transaction.Respond(status);

    /// <inheritdoc/>
    void IServerTransactionOwner.OnAck(SipMessage ack)
    {
        // Only a 2xx has one, and then the dialog owns the transaction.
    }

    /// <inheritdoc/>
    void IServerTransactionOwner.OnCancel()
    {
        IsCancelled = true;
        Transaction.Respond(487); // 9.2
        Cancelled?.Invoke();
    }

    /// <inheritdoc/>
    void IServerTransactionOwner.OnFailed(SipTransactionFailure failure)
    {
        // A rejection that was never acknowledged: there is no session to end.
    }
}
