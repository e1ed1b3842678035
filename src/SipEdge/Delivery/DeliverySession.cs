using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// One session: the dialog, the MSRP session and the delivery between them. Whatever ends one ends the others: all
/// delivered, BYE from the client, a lost connection, a newer delivery. On the loop.
/// </summary>
internal sealed class DeliverySession : IMsrpSessionHandler, ISipDialogUser
{
    private MessageDelivery? _delivery;
    private SipDialog? _dialog;
    private MsrpSession? _msrp;
    private SessionKeeper? _keeper;

    /// <summary>Runs until all is over. What was not confirmed stays waiting.</summary>
    /// <param name="dialog">The dialog that a 200 made.</param>
    /// <param name="msrp">The MSRP session, started.</param>
    /// <param name="delivery">What is sent over it.</param>
    /// <param name="keeper">Keeps the dialog as it was agreed.</param>
    public async Task RunAsync(SipDialog dialog, MsrpSession msrp, MessageDelivery delivery, SessionKeeper keeper)
    {
        _keeper = keeper;
        _dialog = dialog;
        _msrp = msrp;
        _delivery = delivery;
        if (msrp.Ended is { } end)
        {
            delivery.OnEnded(msrp, end);
        }

        await delivery.Over;
        _ = await dialog.ByeAsync(delivery.Cut?.ToString()); // DM-12.2.2.5-3; changes nothing when the client's BYE came first
        msrp.Close();
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEstablished(MsrpSession session) => _delivery?.OnEstablished(session);

    /// <inheritdoc/>
    MsrpReception IMsrpSessionHandler.OnMessage(MsrpSession session, MsrpIncomingMessage message) =>
        MsrpReception.Refuse(MsrpStatusCode.Forbidden); // we said sendonly (RFC 4975 8.9)

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome) =>
        _delivery?.OnSent(session, message, outcome);

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status) =>
        _delivery?.OnReport(session, message, status);

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end) => _delivery?.OnEnded(session, end);

    /// <inheritdoc/>
    void ISipDialogUser.OnReInvite(SipDialog dialog, SipServerTransaction transaction)
    {
        // What is delivered was decided by the first INVITE (RFC 5366 5.2).
        var namesList = false;
        foreach (var tag in transaction.Request.GetValues(SipHeaderName.Require))
        {
            namesList |= tag.IsIgnoreCase("recipient-list-invite"u8);
        }

        if (namesList)
        {
            transaction.StartResponse(420).Header(SipHeaderName.Unsupported, Target.RecipientListInvite);
            transaction.SendResponse();
        }
        else if (_keeper is null)
        {
            transaction.Respond(488);
        }
        else
        {
            _keeper.OnReInvite(transaction);
        }
    }

    /// <inheritdoc/>
    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end) => _msrp?.Close(); // RFC 3261 15.1.2
}
