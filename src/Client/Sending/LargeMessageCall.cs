using System.Globalization;
using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sending;

/// <summary>
/// One large message: INVITE to the recipient with a <c>sendonly</c> offer, the message over MSRP, BYE (Large Message Mode). On
/// the loop.
/// </summary>
internal sealed class LargeMessageCall(
    SipEndpoint sip, MsrpEndpoint msrp, ImClientOptions options, ISipAuthenticator? authenticator, SipDestination server)
    : IMsrpSessionHandler, ISipDialogUser
{
    private const string SdpType = "application/sdp";

    private MsrpSession? _session;
    private MsrpOutgoingMessage? _message;
    private Action? _cancel;

    /// <summary>Sends it; ends when the service has it, has refused it, or is gone.</summary>
    public async Task<LargeSendResult> RunAsync(OutgoingLargeMessage message, CancellationToken cancellation)
    {
        if (!SipUri.TryParse(message.To, out var target))
        {
            return new LargeSendResult(0, $"'{message.To}' is not an address such as sip:bob@example.net", string.Empty, 0);
        }

        if (msrp.TryCreateSession(this, LocalHost, MsrpLocalMedia.DiscardPort, options.Tls is not null) is not { } session)
        {
            return new LargeSendResult(0, "too many MSRP sessions are open in this client", string.Empty, 0);
        }

        _session = session;
        var local = Local(session.LocalPath);
        var invite = sip.Dialogs.Invite(Invite(target, message, local), server, this, authenticator);
        _cancel = invite.Cancel;
        using var cancelled = cancellation.UnsafeRegister(
            static state => ((LargeMessageCall)state!).PostCancel(), this);
        var answered = await invite.Completion;
        if (answered.IsAccepted)
        {
            return await SendAsync(answered.Dialog, answered.Response, local, message);
        }

        session.Close();
        return answered.Response is { } refusal
            ? new LargeSendResult(refusal.StatusCode, AnswerText.Of(refusal), refusal.CallId.ToString(), 0)
            : new LargeSendResult(0, AnswerText.Of(answered.Failure), string.Empty, 0);
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEstablished(MsrpSession session)
    {
        // What is to be sent waits in the session already.
    }

    /// <inheritdoc/>
    MsrpReception IMsrpSessionHandler.OnMessage(MsrpSession session, MsrpIncomingMessage message) =>
        MsrpReception.Refuse(MsrpStatusCode.Forbidden); // we said sendonly

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        // The call awaits it.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        // No report is asked for: the 200 to the last chunk says that it is stored.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end)
    {
        // The outcome of the message says so.
    }

    /// <inheritdoc/>
    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end) => _session?.Close();

    private string LocalHost => ClientContact.Host(sip);

    private static MsrpLocalMedia Local(MsrpPath path) => new()
    {
        IsSecure = path.First.IsSecure,
        Path = path,
        AcceptTypes = new MsrpAcceptTypes("*"),
        Direction = SdpDirection.SendOnly,
        Setup = SdpSetup.Active,
    };

    private SipRequestBuilder Invite(in SipUri target, OutgoingLargeMessage message, MsrpLocalMedia local)
    {
        var origin = ClientMedia.Origin(sip);
        var invite = sip.Dialogs
            .StartRequest(SipMethod.Invite, target, $"<{options.Aor}>", $"<{message.To}>")
            .Header(SipHeaderName.Contact, $"<{ClientContact.Uri(sip, server.Transport)}>;+g.oma.sip-im")
            .Header(SipHeaderName.AcceptContact, "*;+g.oma.sip-im.large-message")
            .Header(SipHeaderName.UserAgent, $"IM-client/OMA1.0 {options.Product}")
            .Header(SipHeaderName.Date, SipDate.Format(sip.Loop.Now));
        if (message.Subject.Length > 0)
        {
            invite.Header(SipHeaderName.Subject, message.Subject);
        }

        return invite.Body(SdpType, SdpWriter.Write(MsrpOfferAnswer.CreateOffer(local, origin)));
    }

    private async Task<LargeSendResult> SendAsync(SipDialog dialog, SipMessage response, MsrpLocalMedia local, OutgoingLargeMessage message)
    {
        var callId = response.CallId.ToString();
        var length = message.Content.Length - message.Content.Position;
        var why = ClientMedia.ReadAnswer(response, dialog.Flow, local, options.Sdp, out var agreed, out var connectTo);
        if (agreed?.Remote.MaxSize is { } most && most < length)
        {
            why = string.Create(CultureInfo.InvariantCulture, $"the service takes {most} octets at most, and this is {length}");
        }

        var result = new LargeSendResult(response.StatusCode, why ?? string.Empty, callId, 0);
        if (why is null)
        {
            _session!.Start(agreed!, connectTo);
            _cancel = _session.Close;
            var pieces = new StreamPieces(message.Content, message.Progress);
            _message = new MsrpOutgoingMessage(NextMessageId(), message.ContentType, length, pieces.ReadAsync) { SuccessReport = false };
            var outcome = await _session.SendAsync(_message);
            await sip.Loop.Enter();
            result = result with { MsrpStatus = outcome.Status, Reason = Explain(outcome) };
        }

        await EndAsync(dialog, isPeerAlive: result.MsrpStatus != 0);
        _session!.Close();
        return result;
    }

    // A service that is gone would be asked for half a minute (RFC 3261 17.1.2.2, timer F).
    private async Task EndAsync(SipDialog dialog, bool isPeerAlive)
    {
        var bye = dialog.ByeAsync();
        try
        {
            _ = await (isPeerAlive ? bye : bye.WaitAsync(options.LeaveWait, sip.Loop.Time));
        }
        catch (TimeoutException)
        {
            // It is sent again until the client closes.
        }
    }

    private string NextMessageId() =>
        $"m{sip.Identifiers.Next(int.MaxValue):x8}{sip.Identifiers.Next(int.MaxValue):x8}{sip.Identifiers.Next(int.MaxValue):x8}";

    private static string Explain(MsrpSendOutcome outcome) => outcome.Kind switch
    {
        MsrpSendOutcomeKind.Acknowledged => "OK",
        MsrpSendOutcomeKind.Rejected when outcome.Status == MsrpStatusCode.StopMessage => "the service wants no more of it: it is too large, or the mailbox is full",
        MsrpSendOutcomeKind.Rejected when outcome.Status == MsrpStatusCode.Timeout => "the service could not store it now; try again",
        MsrpSendOutcomeKind.Rejected => $"the service refused it: {outcome.Status}",
        MsrpSendOutcomeKind.InDoubt => "all of it was sent, but no answer came: it may be stored or not",
        _ => "the session ended before all of it was sent",
    };

    private void PostCancel() => sip.Loop.Post(static state => ((LargeMessageCall)state!)._cancel?.Invoke(), this);
}
