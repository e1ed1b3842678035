using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Retrieval;

/// <summary>
/// One retrieval, as the client of 12.1.1: an INVITE to <c>Deferred@HOST</c> with SDP, for all that waits, or with a list
/// beside it (DM-12.1.1-1 to -3), <c>recvonly</c> (-4a), <c>setup:active</c>; then what comes over MSRP until the service says
/// BYE. On the loop.
/// </summary>
internal sealed class RetrievalCall : IMsrpSessionHandler, ISipDialogUser
{
    private readonly EventLoop _loop;
    private readonly SipEndpoint _sip;
    private readonly MsrpEndpoint _msrp;
    private readonly ImClientOptions _options;
    private readonly ISipAuthenticator? _authenticator;
    private readonly SipDestination _server;
    private readonly MessageIntake _intake;
    private readonly TaskCompletionSource _ended = new();
    private readonly LoopTimer _idle;
    private Action? _cancel;
    private bool _isComplete;
    private string? _brokenOff;

    public RetrievalCall(
        EventLoop loop,
        SipEndpoint sip,
        MsrpEndpoint msrp,
        ImClientOptions options,
        ISipAuthenticator? authenticator,
        SipDestination server,
        IReceivedDeliveries known,
        Func<RetrievedMessage, ValueTask> received)
    {
        _loop = loop;
        _sip = sip;
        _msrp = msrp;
        _options = options;
        _authenticator = authenticator;
        _server = server;
        _intake = new MessageIntake(options, known, message =>
        {
            Touch();
            return received(message);
        },
        Touch);
        _idle = loop.CreateTimer(static state => ((RetrievalCall)state!)._ended.TrySetResult(), this);
    }

    /// <summary>The messages to bring; empty for all.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>Runs the call to its end.</summary>
    public async Task<RetrievalResult> RunAsync(CancellationToken cancellation)
    {
        if (_msrp.TryCreateSession(this, LocalHost, MsrpLocalMedia.DiscardPort, _options.Tls is not null) is not { } session)
        {
            return new RetrievalResult(0, "too many MSRP sessions are open in this client", 0, 0, false);
        }

        var local = Local(session.LocalPath, _options.MaxOctets);
        var invite = _sip.Dialogs.Invite(Invite(local), _server, this, _authenticator);
        _cancel = invite.Cancel;
        using var cancelled = cancellation.UnsafeRegister(static state => ((RetrievalCall)state!).PostCancel(), this);
        var answered = await invite.Completion;
        if (!answered.IsAccepted)
        {
            session.Close();
            return answered.Response is { } refusal
                ? Result(refusal.StatusCode, AnswerText.Of(refusal))
                : Result(0, AnswerText.Of(answered.Failure));
        }

        return await ReceiveAsync(answered.Dialog, answered.Response, session, local);
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEstablished(MsrpSession session) => Touch();

    /// <inheritdoc/>
    MsrpReception IMsrpSessionHandler.OnMessage(MsrpSession session, MsrpIncomingMessage message)
    {
        Touch();
        return _intake.Take(message);
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        // A client that only receives sends nothing that has an outcome.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        // See OnSent.
    }

    /// <inheritdoc/>
    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end)
    {
        _brokenOff ??= _isComplete ? null : $"the MSRP session ended early: {end}";
        _ended.TrySetResult();
    }

    /// <inheritdoc/>
    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end)
    {
        _brokenOff ??= end == SipDialogEnd.PeerBye ? ByeReason.WhyEarly(dialog.PeerReason) : $"the dialog ended: {end}";
        _isComplete = _brokenOff is null;
        _ended.TrySetResult();
    }

    private string LocalHost => ClientContact.Host(_sip);

    /// <summary>This side of a session in which a client takes messages.</summary>
    /// <param name="path">The path of the session.</param>
    /// <param name="maxSize">The largest message that is taken.</param>
    internal static MsrpLocalMedia Local(MsrpPath path, long maxSize) => new()
    {
        Path = path,
        IsSecure = path.First.IsSecure,
        AcceptTypes = new MsrpAcceptTypes("multipart/mixed"),
        AcceptWrappedTypes = new MsrpAcceptTypes("message/sipfrag", "message/sip", "message/msrp"),
        Direction = SdpDirection.RecvOnly,
        Setup = SdpSetup.Active,
        MaxSize = maxSize,
    };

    private Protocols.Sip.Writing.SipRequestBuilder Invite(MsrpLocalMedia local)
    {
        var origin = ClientMedia.Origin(_sip);
        var invite = _sip.Dialogs
            .StartRequest(SipMethod.Invite, SipUri.Parse(_options.DeferredUri), $"<{_options.Aor}>", $"<{_options.DeferredUri}>")
            .Header(SipHeaderName.Contact, $"<{ClientContact.Uri(_sip, _server.Transport)}>;+g.oma.sip-im")
            .Header(SipHeaderName.AcceptContact, "*;+g.oma.sip-im")
            .Header(SipHeaderName.UserAgent, $"IM-client/OMA1.0 {_options.Product}");
        return RetrievalBody.Write(invite, SdpWriter.Write(MsrpOfferAnswer.CreateOffer(local, origin)), MessageIds);
    }

    private async Task<RetrievalResult> ReceiveAsync(SipDialog dialog, SipMessage response, MsrpSession session, MsrpLocalMedia local)
    {
        _cancel = () => _ended.TrySetResult();
        if (ClientMedia.ReadAnswer(response, dialog.Flow, local, _options.Sdp, out var agreed, out var connectTo) is { } why)
        {
            _ = await dialog.ByeAsync();
            session.Close();
            return Result(response.StatusCode, why);
        }

        Touch();
        session.Start(agreed!, connectTo);
        await _ended.Task;
        _idle.Stop();
        _brokenOff ??= _isComplete ? null : "no end came";
        var reason = _brokenOff ?? AnswerText.Of(response);
        _ = await dialog.ByeAsync();
        session.Close();
        return Result(response.StatusCode, reason) with { Allow = AllowOf(response) };
    }

    private static List<string> AllowOf(SipMessage response)
    {
        var methods = new List<string>();
        foreach (var method in response.GetValues(SipHeaderName.Allow))
        {
            methods.Add(method.ToString());
        }

        return methods;
    }

    private void Touch() => _idle.Start(_options.IdleTimeout);

    private void PostCancel() => _loop.Post(static state => ((RetrievalCall)state!)._cancel?.Invoke(), this);

    private RetrievalResult Result(int status, string reason) =>
        new(status, reason, _intake.Received, _intake.Repeats, _isComplete);
}
