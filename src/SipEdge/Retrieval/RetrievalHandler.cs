using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.ResourceLists;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>
/// INVITE of the owner to the Deferred Messaging Function: brings what he listed, or all that waits (12.2.1, 12.2.1.1). SDP is
/// judged before the mailbox is asked (A6); the lease is taken before the 200. On the loop.
/// </summary>
public sealed partial class RetrievalHandler
{
    private const string SdpType = "application/sdp";

    private readonly IGrainFactory _grains;
    private readonly MsrpEndpoint _msrp;
    private readonly SipIdentifiers _random;
    private readonly AnswerWriter _answers;
    private readonly EdgeAddress _address;
    private readonly EdgeTelemetry _telemetry;
    private readonly RetrievalOptions _options;
    private readonly OutboundPolicy _outbound;
    private readonly SessionLayer _sessions;
    private readonly DeliveryLayer _deliveries;
    private readonly RetrievalRequestReader _requests;
    private readonly ILogger<RetrievalHandler> _logger;

    /// <summary>Creates the handler.</summary>
    public RetrievalHandler(
        IGrainFactory grains,
        MsrpEndpoint msrp,
        SipIdentifiers random,
        AnswerWriter answers,
        EdgeAddress address,
        EdgeTelemetry telemetry,
        SessionLayer sessions,
        DeliveryLayer deliveries,
        IOptions<ServiceOptions> service,
        IOptions<RetrievalOptions> options,
        IOptions<DeliveryOptions> delivery,
        IOptions<SdpOptions> sdp,
        IOptions<MimeOptions> mime,
        IOptions<ResourceListOptions> lists,
        ILogger<RetrievalHandler> logger)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(sdp);
        ArgumentNullException.ThrowIfNull(mime);
        ArgumentNullException.ThrowIfNull(lists);
        _grains = grains;
        _msrp = msrp;
        _random = random;
        _answers = answers;
        _address = address;
        _telemetry = telemetry;
        _sessions = sessions;
        _deliveries = deliveries;
        _options = options.Value;
        _outbound = new OutboundPolicy(delivery.Value);
        _requests = new RetrievalRequestReader(service.Value.Host, sdp.Value, mime.Value, lists.Value);
        _logger = logger;
    }

    /// <summary>Retrieval sessions that run.</summary>
    public int Sessions { get; private set; }

    /// <summary>Serves an INVITE of a user who may retrieve.</summary>
    public void Handle(IncomingInvite invite, Account owner)
    {
        ArgumentNullException.ThrowIfNull(invite);
        ArgumentNullException.ThrowIfNull(owner);
        var refusal = _requests.Read(invite.Request, out var request) ?? _sessions.Judge(invite.Request);
        if (refusal is null && Sessions >= _options.MaxSessions)
        {
            refusal = Unavailable("too many retrievals run");
        }

        if (refusal is not null)
        {
            Refuse(invite, refusal);
            return;
        }

        _ = ServeAsync(invite, owner, request);
    }

    private async Task ServeAsync(IncomingInvite invite, Account owner, RetrievalRequest request)
    {
        using var activity = EdgeTelemetry.Source.StartActivity("retrieve", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "sip-deferred");
        activity?.SetTag("messaging.operation.name", "retrieve");
        activity?.SetTag("messaging.destination.template", "mailbox/{user}");
        Count(1);
        try
        {
            await RetrieveAsync(invite, owner, request);
        }
#pragma warning disable CA1031 // One session must not take others with it, and its caller gets an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogRetrievalFailed(failure);
            Refuse(invite, Unavailable("the mailbox cannot be reached"));
        }

        Count(-1);
    }

    private async Task RetrieveAsync(IncomingInvite invite, Account owner, RetrievalRequest request)
    {
        var session = new DeliverySession();
        if (TryCreateMedia(session, request.Offer) is not { } msrp)
        {
            Refuse(invite, Unavailable("too many MSRP sessions"));
            return;
        }

        try
        {
            await RetrieveAsync(invite, owner, request, session, msrp);
        }
        finally
        {
            msrp.Close(); // whatever happened: this also ends a dialog that was begun
        }
    }

    private async Task RetrieveAsync(
        IncomingInvite invite, Account owner, RetrievalRequest request, DeliverySession session, MsrpSession msrp)
    {
        if (Negotiate(invite, request.Offer, msrp, out var description, out var agreed) is { } unacceptable)
        {
            Refuse(invite, unacceptable);
            return;
        }

        var mailbox = _grains.GetGrain<IUserMailbox>(owner.Mailbox.Value);
        var begun = await BeginAsync(mailbox, msrp, request.List);
        if (begun.Outcome != DeliveryOutcome.Granted)
        {
            Refuse(invite, AnswerTo(begun.Outcome));
            return;
        }

        await DeliverAsync(
            invite, owner, session, msrp, mailbox, begun, request.List?.Asked ?? begun.Count, description!, agreed!);
    }

    // RFC 4975 8.1: what the offer asks for, as far as this node listens for it.
    private MsrpSession? TryCreateMedia(DeliverySession session, SdpSession? offer)
    {
        var isSecure = _address.MsrpsPort is not null && offer is not null && MsrpMedia.OffersSecure(offer);
        return _msrp.TryCreateSession(session, _address.Host, _address.MsrpPortFor(isSecure), isSecure);
    }

    private Answer? Negotiate(
        IncomingInvite invite,
        SdpSession? offer,
        MsrpSession msrp,
        out SdpSession? description,
        out MsrpNegotiation? agreed)
    {
        description = null;
        agreed = null;
        var origin = DeliveryMedia.Origin(_address.Host, _random);
        var local = DeliveryMedia.Local(
            msrp.LocalPath, mayConnect: offer is not null && PeerOf(offer, invite) is not null, _address.Fingerprint());
        if (offer is null)
        {
            return Unacceptable("the INVITE must carry an SDP offer", local, origin);
        }

        var rejection = MsrpOfferAnswer.CreateAnswer(
            offer, local, DeliveryMedia.Required, origin, out description, out agreed);
        return rejection == MsrpRejection.None ? null : Unacceptable(DeliveryMedia.Explain(rejection), local, origin);
    }

    // Where the client listens, if this node may connect there.
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

    private async Task<DeliveryBegun> BeginAsync(IUserMailbox mailbox, MsrpSession msrp, RetrievalList? list)
    {
        if (list is { MessageKeys.IsEmpty: true })
        {
            return new DeliveryBegun { Outcome = DeliveryOutcome.NothingWaiting }; // D5
        }

        var request = new BeginDelivery
        {
            Kind = DeliveryKind.Pull,
            SessionId = msrp.LocalUri.SessionId!,
            IncludeDelivered = list is not null || _options.All == RetrieveAll.Stored, // what is named is wanted
            ByList = list is not null,
            MessageKeys = list?.MessageKeys ?? [],
        };
        try
        {
            return await mailbox.BeginDeliveryAsync(request);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            LogRetrievalFailed(failure);
            return new DeliveryBegun { Outcome = DeliveryOutcome.StoreUnavailable };
        }
    }

    private async Task DeliverAsync(
        IncomingInvite invite,
        Account owner,
        DeliverySession session,
        MsrpSession msrp,
        IUserMailbox mailbox,
        DeliveryBegun begun,
        int asked,
        SdpSession description,
        MsrpNegotiation agreed)
    {
        var delivery = _deliveries.Begin(owner.Mailbox, mailbox, begun, appends: false);
        try
        {
            // Without a dialog it was cancelled meanwhile (RFC 3261 9.2).
            if (Accept(invite, session, description, asked - begun.Count) is { } dialog)
            {
                var connectTo = agreed.IsActive ? _outbound.Judge(agreed.Remote.Path, invite.Flow.Remote.Address) : null;
                using var keeper = _sessions.Keep(dialog, ContactFor(invite), agreed, description);
                keeper.Start(SessionTerms.OfRequest(invite.Request));
                var running = session.RunAsync(dialog, msrp, delivery, keeper);
                msrp.Start(agreed, connectTo is null ? null : MsrpDestination.Of(connectTo, agreed.Remote, invite.Flow.Transport == SipTransportKind.Tls));
                await running;
                LogRetrieved(delivery.Delivered, begun.Count);
            }
        }
        finally
        {
            await _deliveries.EndAsync(owner.Mailbox, delivery);
        }
    }

    // DM-12.2.1-R1 to -R5.
    private SipDialog? Accept(IncomingInvite invite, DeliverySession session, SdpSession description, int unavailable)
    {
        if (invite.IsCancelled)
        {
            return null;
        }

        var accepted = invite.StartAccept(ContactFor(invite))
            .Header(SipHeaderName.Server, _answers.Server)
            .Header(SipHeaderName.Allow, new Target(TargetKind.DeferredFunction).Allow)
            .Header(SipHeaderName.Supported, new Target(TargetKind.DeferredFunction).Supported);
        if (unavailable > 0)
        {
            accepted.Header(SipHeaderName.Warning, _answers.WarningValue($"{unavailable} of the listed messages cannot be retrieved")); // D4
        }

        SessionTerms.OfRequest(invite.Request)?.Write(accepted);
        accepted.Body(SdpType, SdpWriter.Write(description));
        return invite.Accept(session);
    }

    private string ContactFor(IncomingInvite invite) =>
        _sessions.Contact(invite.Flow.Transport, invite.Request.RequestUri.Scheme == SipUriScheme.Sips);

    private static Answer Unacceptable(string why, MsrpLocalMedia local, SdpOrigin origin) =>
        Answer.Because(488, why) with
        {
            ContentType = SdpType,
            Body = SdpWriter.Write(MsrpOfferAnswer.CreateAcceptable(local, origin)),
        };

    private Answer AnswerTo(DeliveryOutcome outcome) => outcome == DeliveryOutcome.NothingWaiting
        ? Answer.Because(488, "no messages") // D2, D3, DM-12.2.1.1.2-1
        : Unavailable("the mailbox cannot be reached");

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

    private void Count(int difference)
    {
        Sessions += difference;
        _telemetry.SessionsChanged(difference);
    }
}
