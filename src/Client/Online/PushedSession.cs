using PosteRestante.Client.Retrieval;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip.Dialogs;

namespace PosteRestante.Client.Online;

/// <summary>One session that the service opened to push messages. On the loop.</summary>
internal sealed class PushedSession(MessageIntake intake) : IMsrpSessionHandler, ISipDialogUser
{
    private readonly TaskCompletionSource _over = new();
    private MsrpSession? _media;
    private SipDialog? _dialog;

    /// <summary>Ends with the session.</summary>
    public Task Over => _over.Task;

    /// <summary>Takes what the session is made of.</summary>
    public void Begin(MsrpSession media, SipDialog? dialog) => (_media, _dialog) = (media, dialog);

    /// <summary>Ends it; what was not acknowledged is pushed again.</summary>
    public void End()
    {
        _over.TrySetResult();
        _ = _dialog?.ByeAsync();
        _media?.Close();
    }

    /// <inheritdoc/>
    public void OnEstablished(MsrpSession session)
    {
        // Then the service sends.
    }

    /// <inheritdoc/>
    public MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message) => intake.Take(message);

    /// <inheritdoc/>
    public void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        // A client that only receives sends nothing that has an outcome.
    }

    /// <inheritdoc/>
    public void OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        // See OnSent.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end)
    {
        _over.TrySetResult();
        _ = _dialog?.ByeAsync();
    }

    /// <inheritdoc/>
    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end)
    {
        _over.TrySetResult();
        _media?.Close();
    }
}
