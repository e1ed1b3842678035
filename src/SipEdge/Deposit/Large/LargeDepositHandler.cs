using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Cpim;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>
/// INVITE with MSRP to a served user: a session in which each message that arrives complete is deposited (DM-12.2.2.1-1, -2).
/// Room is asked for before the 200 (DM-12.2.2.3-4). On the loop.
/// </summary>
public sealed partial class LargeDepositHandler : IDisposable
{
    private const string SdpType = "application/sdp";

    private readonly IGrainFactory _grains;
    private readonly MsrpEndpoint _msrp;
    private readonly SipIdentifiers _random;
    private readonly AnswerWriter _answers;
    private readonly EdgeAddress _address;
    private readonly EdgeTelemetry _telemetry;
    private readonly SessionLayer _sessions;
    private readonly SdpOptions _sdp;
    private readonly OutboundPolicy _outbound;
    private readonly LargeDeposits _deposits;
    private readonly HashSet<LargeDepositSession> _running = [];
    private readonly ILogger<LargeDepositHandler> _logger;

    /// <summary>Creates the handler.</summary>
    public LargeDepositHandler(
        EventLoop loop,
        IGrainFactory grains,
        MsrpEndpoint msrp,
        SipIdentifiers random,
        AnswerWriter answers,
        EdgeAddress address,
        EdgeTelemetry telemetry,
        SessionLayer sessions,
        IBodyStore bodies,
        IOptions<DepositOptions> options,
        IOptions<DeliveryOptions> delivery,
        IOptions<MsrpOptions> msrpOptions,
        IOptions<SdpOptions> sdp,
        IOptions<CpimOptions> cpim,
        ILogger<LargeDepositHandler> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(msrpOptions);
        ArgumentNullException.ThrowIfNull(sdp);
        ArgumentNullException.ThrowIfNull(cpim);
        _grains = grains;
        _msrp = msrp;
        _random = random;
        _answers = answers;
        _address = address;
        _telemetry = telemetry;
        _sessions = sessions;
        _sdp = sdp.Value;
        _outbound = new OutboundPolicy(delivery.Value);
        _logger = logger;
        var maxBytes = Math.Min(options.Value.Large.MaxBytes, msrpOptions.Value.MaxMessageBytes);
        _deposits = new LargeDeposits(loop, bodies, options.Value, maxBytes, cpim.Value, logger);
    }

    /// <summary>Sessions that run, those that are being answered included.</summary>
    public int Sessions { get; private set; }

    /// <summary>Set when the node is leaving: messages that have begun may end, no other begins.</summary>
    public bool IsDraining
    {
        get;
        set
        {
            field = value;
            foreach (var session in value ? _running.ToArray() : [])
            {
                session.Drain();
            }
        }
    }

    /// <summary>Serves an INVITE to a served user, of a sender who may deposit.</summary>
    public void Handle(IncomingInvite invite, Account owner, SenderView sender)
    {
        ArgumentNullException.ThrowIfNull(invite);
        ArgumentNullException.ThrowIfNull(owner);
        if (Judge(invite.Request, owner, out var offer) is { } refusal)
        {
            Refuse(invite, refusal);
        }
        else
        {
            _ = ServeAsync(invite, owner, sender, offer!);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _deposits.Dispose();

    private Answer? Judge(SipMessage invite, Account owner, out SdpSession? offer)
    {
        offer = null;
        if (!invite.Accepts(SdpType))
        {
            return Answer.Of(406);
        }

        if (Sessions >= _deposits.Options.MaxSessions)
        {
            return Unavailable("too many sessions run");
        }

        if (_deposits.Rooms.Sessions(owner.Mailbox.Value) >= _deposits.Options.MaxSessionsPerMailbox)
        {
            return Answer.Because(480, "too many sessions to this user run");
        }

        if (!BodyName.CanName(owner.Mailbox.Value))
        {
            return Answer.Because(480, "the address of this user is too long for large messages");
        }

        if (invite.Body.IsEmpty)
        {
            return null; // no offer: 488, which says what would do
        }

        if (invite.GetContentType(out var type) != SipFieldState.Valid)
        {
            return Answer.Because(400, "the body needs one well-formed Content-Type");
        }

        if (!type.Is("application"u8, "sdp"u8) || invite.Contains(SipHeaderName.ContentEncoding))
        {
            return Answer.Of(415) with { Accept = SdpType, AcceptEncoding = "identity" };
        }

        var error = SdpParser.Parse(invite.Body.Span, _sdp, out offer, out var line);
        return error == SdpError.None ? _sessions.Judge(invite) : Answer.Because(400, $"SDP line {line}: {error}");
    }

    private async Task ServeAsync(IncomingInvite invite, Account owner, SenderView sender, SdpSession? offer)
    {
        using var activity = EdgeTelemetry.Source.StartActivity("store", ActivityKind.Consumer);
        activity?.SetTag("messaging.system", "sip-deferred");
        activity?.SetTag("messaging.operation.name", "store");
        activity?.SetTag("messaging.destination.template", "mailbox/{user}");
        Sessions++;
        _deposits.Rooms.Open(owner.Mailbox.Value);
        try
        {
            await ServeAsync(invite, owner, Keep(invite.Request, owner, sender, activity), offer);
        }
#pragma warning disable CA1031 // One session must not take others with it, and its caller gets an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogSessionFailed(failure);
            Refuse(invite, Unavailable("the mailbox cannot be reached"));
        }

        _deposits.Rooms.Close(owner.Mailbox.Value);
        Sessions--;
    }

    private async Task ServeAsync(IncomingInvite invite, Account owner, LargeDepositInvite kept, SdpSession? offer)
    {
        var mailbox = _grains.GetGrain<IUserMailbox>(owner.Mailbox.Value);
        var session = new LargeDepositSession(_deposits, kept, mailbox);
        // RFC 4975 8.1: what the offer asks for, as far as this node listens for it.
        var isSecure = _address.MsrpsPort is not null && offer is not null && MsrpMedia.OffersSecure(offer);
        if (_msrp.TryCreateSession(session, _address.Host, _address.MsrpPortFor(isSecure), isSecure) is not { } msrp)
        {
            Refuse(invite, Unavailable("too many MSRP sessions"));
            return;
        }

        try
        {
            // SDP first, as in a retrieval (A6): a sender that cannot be served learns it without a grain being touched.
            var refusal = Negotiate(invite, offer, msrp, out var description, out var agreed) ?? await AskAsync(mailbox, owner.Mailbox.Value);
            if (refusal is not null)
            {
                Refuse(invite, refusal);
            }
            else if (Accept(invite, session, description!) is { } dialog)
            {
                await RunAsync(invite, session, dialog, msrp, description!, agreed!);
            }
        }
        finally
        {
            msrp.Close(); // whatever happened: this also ends a dialog that was begun
        }
    }

    private async Task RunAsync(
        IncomingInvite invite, LargeDepositSession session, SipDialog dialog, MsrpSession msrp, SdpSession description, MsrpNegotiation agreed)
    {
        _running.Add(session);
        try
        {
            using var keeper = _sessions.Keep(dialog, ContactFor(invite), agreed, description);
            keeper.Start(SessionTerms.OfRequest(invite.Request));
            var running = session.RunAsync(dialog, msrp, keeper);
            var connectTo = agreed.IsActive ? _outbound.Judge(agreed.Remote.Path, invite.Flow.Remote.Address) : null;
            msrp.Start(agreed, connectTo is null ? null : MsrpDestination.Of(connectTo, agreed.Remote, invite.Flow.Transport == SipTransportKind.Tls));
            await running;
        }
        finally
        {
            _running.Remove(session);
        }
    }

    // 480 before the 200 (DM-12.2.2.3-4): a full mailbox is not worth the upload.
    private async Task<Answer?> AskAsync(IUserMailbox mailbox, string key)
    {
        var room = await mailbox.RoomAsync();
        if (room.Outcome != DeliveryOutcome.Granted)
        {
            return Unavailable("the mailbox cannot be reached");
        }

        _deposits.Rooms.Learn(key, room.Octets);
        return room.Messages > 0 && _deposits.Rooms.HasRoom(key) ? null : Answer.Because(480, "the mailbox is full");
    }

    private Answer? Negotiate(
        IncomingInvite invite, SdpSession? offer, MsrpSession msrp, out SdpSession? description, out MsrpNegotiation? agreed)
    {
        description = null;
        agreed = null;
        var origin = DeliveryMedia.Origin(_address.Host, _random);
        var local = LargeDepositMedia.Local(
            msrp.LocalPath, _deposits.MaxBytes, offer is not null && PeerOf(offer, invite) is not null, _address.Fingerprint());
        if (offer is null)
        {
            return Unacceptable("the INVITE must carry an SDP offer", local, origin);
        }

        var rejection = MsrpOfferAnswer.CreateAnswer(offer, local, MsrpPeerRequirements.None, origin, out description, out agreed);
        if (rejection == MsrpRejection.None && agreed!.Direction != SdpDirection.RecvOnly)
        {
            rejection = MsrpRejection.WrongDirection;
        }

        return rejection == MsrpRejection.None ? null : Unacceptable(LargeDepositMedia.Explain(rejection), local, origin);
    }

    // Where the sender listens, if this node may connect there.
    private IPEndPoint? PeerOf(SdpSession offer, IncomingInvite invite)
    {
        foreach (var media in offer.Media)
        {
            if (MsrpMedia.Read(offer, media, out var remote) == MsrpRejection.None)
            {
                return _outbound.Judge(remote!.Path, invite.Flow.Remote.Address);
            }
        }

        return null;
    }

    private SipDialog? Accept(IncomingInvite invite, LargeDepositSession session, SdpSession description)
    {
        if (invite.IsCancelled)
        {
            return null; // RFC 3261 9.2
        }

        var date = SipDate.Format(_deposits.Loop.Now);
        var accepted = invite.StartAccept(ContactFor(invite))
            .Header(SipHeaderName.Server, _answers.Server)
            .Header(SipHeaderName.Date, date)
            .Header(SipHeaderName.Allow, new Target(TargetKind.DeferredFunction).Allow)
            .Header(SipHeaderName.Supported, Target.Timer);
        SessionTerms.OfRequest(invite.Request)?.Write(accepted);
        accepted.Body(SdpType, SdpWriter.Write(description));
        session.Success = SessionFragments.OfSuccess(invite.Request, invite.Transaction.ToTag, date);
        return invite.Accept(session);
    }

    private string ContactFor(IncomingInvite invite) =>
        _sessions.Contact(invite.Flow.Transport, invite.Request.RequestUri.Scheme == SipUriScheme.Sips);

    private static LargeDepositInvite Keep(SipMessage invite, Account owner, SenderView sender, Activity? activity) => new(
        owner.Mailbox,
        sender,
        SessionFragments.OfInvite(invite),
        invite.From.Uri.ToString(),
        invite.From.Tag.ToString(),
        DepositReader.CutSubject(invite),
        invite.CallId.ToString(),
        activity?.Id ?? string.Empty);

    private static Answer Unacceptable(string why, MsrpLocalMedia local, SdpOrigin origin) =>
        Answer.Because(488, why) with
        {
            ContentType = SdpType,
            Body = SdpWriter.Write(MsrpOfferAnswer.CreateAcceptable(local, origin)),
        };

    private Answer Unavailable(string why) =>
        Answer.Because(503, why) with { RetryAfter = TimeSpan.FromSeconds(2 + _random.Next(9)) };

    private void Refuse(IncomingInvite invite, Answer answer)
    {
        if (invite.Transaction.IsAnswered || invite.Transaction.IsTerminated)
        {
            return;
        }

        _answers.Write(invite.Transaction.StartResponse(answer.Status), answer);
        invite.Transaction.SendResponse();
        _telemetry.Refused(SipMethod.Invite, answer.Status);
    }
}
