using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Push;

/// <summary>The call of a push: INVITE, MSRP session, BYE (12.2.2.2, 12.2.2.5). On the loop.</summary>
internal sealed partial class PushCalls(
    EventLoop loop,
    SipEndpoint sip,
    MsrpEndpoint msrp,
    EdgeAddress address,
    PushInviteWriter invites,
    SessionLayer sessions,
    OutboundPolicy outbound,
    PushOptions options,
    SdpOptions sdp,
    ILogger logger)
{
    // RFC 4028 7.4: a 422 names the least interval; who raises it again and again is not followed.
    private const int MaxIntervals = 3;

    private static readonly MsrpPeerRequirements Required = DeliveryMedia.Required with { Direction = null };

    /// <summary>Calls the user and delivers; ends when the session is over or there is none.</summary>
    public async Task<PushOutcome> CallAsync(PushRun run, MessageDelivery delivery)
    {
        if (delivery.Over.IsCompleted)
        {
            return PushOutcome.Superseded; // a newer delivery was quicker
        }

        var session = new DeliverySession();
        var isSecure = run.Way.Destination.Transport == SipTransportKind.Tls && address.MsrpsPort is not null; // secure media for whom SIP is secure
        if (msrp.TryCreateSession(session, address.Host, address.MsrpPortFor(isSecure), isSecure) is not { } media)
        {
            return PushOutcome.Broken;
        }

        try
        {
            var local = DeliveryMedia.Local(media.LocalPath, mayConnect: true, address.Fingerprint()); // setup:actpass, sendonly: DM-12.2.2.2-1g.ii
            var offer = MsrpOfferAnswer.CreateOffer(local, DeliveryMedia.Origin(address.Host, sip.Identifiers));
            delivery.IsCalling = true; // a push elsewhere must not take the mailbox while it rings
            var answered = await InviteAsync(run, delivery, session, offer);
            delivery.IsCalling = false;
            if (answered is null)
            {
                return delivery.Over.IsCompleted ? PushOutcome.Superseded : PushOutcome.Unanswered;
            }

            return answered.IsAccepted
                ? await DeliverAsync(answered.Dialog, answered.Response, session, media, local, offer, delivery)
                : answered.Response is null ? PushOutcome.Unanswered : PushOutcome.Refused; // kept, until the next PUBLISH: DM-12.2.2.2-R4
        }
        finally
        {
            media.Close();
        }
    }

    private async Task<OutgoingInviteResult?> InviteAsync(
        PushRun run, MessageDelivery delivery, DeliverySession session, SdpSession offer)
    {
        var (interval, least) = ((long)options.SessionExpires.TotalSeconds, 0L);
        var until = loop.Now + options.AnswerWait; // in all, however often the interval is raised
        for (var attempt = 1; ; attempt++)
        {
            var request = invites.Start(run.Owner.Aor, run.Way, offer, interval, least);
            var answered = await AnswerAsync(sip.Dialogs.Invite(request, run.Way.Destination, session), delivery, until - loop.Now);
            if (answered?.Response is not { StatusCode: 422 } tooBrief
                || attempt == MaxIntervals
                || tooBrief.GetDelta(SipHeaderName.MinSe, out var minSe) != SipFieldState.Valid
                || minSe.Seconds <= interval
                || loop.Now >= until)
            {
                return answered;
            }

            (interval, least) = (minSe.Seconds, minSe.Seconds);
        }
    }

    // Null when it was given up: no answer in time, or the owner asks himself.
    private async Task<OutgoingInviteResult?> AnswerAsync(OutgoingInvite invite, MessageDelivery delivery, TimeSpan wait)
    {
        using var answered = new CancellationTokenSource();
        var patience = Task.Delay(wait, loop.Time, answered.Token);
        var first = await Task.WhenAny(invite.Completion, delivery.Over, patience);
        await answered.CancelAsync();
        if (first == invite.Completion)
        {
            return await invite.Completion;
        }

        invite.Cancel();
        _ = EndLateAsync(invite);
        return null;
    }

    // RFC 3261 9.1: the 200 may have been under way already. Its ACK is sent; the session is not wanted any more.
    private async Task EndLateAsync(OutgoingInvite invite)
    {
        try
        {
            if ((await invite.Completion).Dialog is { } late)
            {
                _ = await late.ByeAsync();
            }
        }
#pragma warning disable CA1031 // Nobody waits for this: a defect in it ends here.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogLateEndFailed(failure);
        }
    }

    private async Task<PushOutcome> DeliverAsync(
        SipDialog dialog,
        SipMessage response,
        DeliverySession session,
        MsrpSession media,
        MsrpLocalMedia local,
        SdpSession offer,
        MessageDelivery delivery)
    {
        // DM-12.2.2.2-R3: inactive, port 0, no usable types: nothing can be handed over.
        if (SdpParser.Parse(response.Body.Span, sdp, out var answer, out _) != SdpError.None
            || MsrpOfferAnswer.AcceptAnswer(answer!, local, Required, out var agreed) != MsrpRejection.None
            || agreed!.Direction != SdpDirection.SendOnly
            || dialog.State == SipDialogState.Ended)
        {
            _ = await dialog.ByeAsync();
            return PushOutcome.Refused;
        }

        var connectTo = agreed.IsActive ? outbound.Judge(agreed.Remote.Path, dialog.Flow.Remote.Address) : null;
        if (agreed.IsActive && connectTo is null)
        {
            _ = await dialog.ByeAsync();
            return PushOutcome.Refused;
        }

        using var keeper = sessions.Keep(dialog, sessions.Contact(dialog.Flow.Transport), agreed, offer);
        keeper.Start(SessionTerms.OfAnswer(response)); // DM-12.2.2.2-R1
        var running = session.RunAsync(dialog, media, delivery, keeper);
        media.Start(agreed, connectTo is null ? null : MsrpDestination.Of(connectTo, agreed.Remote, dialog.Flow.Transport == SipTransportKind.Tls));
        await running;
        return delivery.Cut is null ? PushOutcome.Delivered : PushOutcome.Broken;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A session that was answered after its push was given up could not be ended.")]
    private partial void LogLateEndFailed(Exception failure);
}
