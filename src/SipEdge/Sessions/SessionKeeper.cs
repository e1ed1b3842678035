using System.Globalization;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipEdge.Sessions;

/// <summary>
/// Keeps one session as it was agreed: refreshes it or sees that the peer does (RFC 4028), accepts a re-INVITE that changes
/// nothing, refuses one that does (RFC 3261 14.2). On the loop.
/// </summary>
internal sealed class SessionKeeper : IDisposable
{
    private const string SdpType = "application/sdp";

    private readonly SessionLayer _layer;
    private readonly SipDialog _dialog;
    private readonly string _contact;
    private readonly MsrpNegotiation _agreed;
    private readonly MsrpLocalMedia _local;
    private readonly SdpSession _ours;
    private readonly SessionTimer _timer;

    public SessionKeeper(SessionLayer layer, SipDialog dialog, string contact, MsrpNegotiation agreed, SdpSession ours)
    {
        _layer = layer;
        _dialog = dialog;
        _contact = contact;
        _agreed = agreed;
        _local = agreed.Local with { Setup = agreed.IsActive ? SdpSetup.Active : SdpSetup.Passive };
        _ours = ours;
        _timer = new SessionTimer(layer.Loop, dialog, Refresh);
    }

    /// <summary>Starts the session timer; without terms there is none.</summary>
    public void Start(SessionTerms? terms) => _timer.Start(terms);

    /// <summary>Answers a re-INVITE.</summary>
    public void OnReInvite(SipServerTransaction transaction)
    {
        if (_layer.Judge(transaction.Request) is { } tooBrief)
        {
            Refuse(transaction, tooBrief);
        }
        else if (Describe(transaction.Request) is { } description)
        {
            Accept(transaction, description);
        }
        else
        {
            Refuse(transaction, Answer.Because(488, "a session that runs cannot be changed; it goes on as it was"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Accept(SipServerTransaction transaction, SdpSession description)
    {
        var terms = SessionTerms.OfRequest(transaction.Request);
        var accepted = transaction.StartResponse(200)
            .Header(SipHeaderName.Contact, _contact)
            .Header(SipHeaderName.Server, _layer.Answers.Server)
            .Header(SipHeaderName.Allow, new Target(TargetKind.DeferredFunction).Allow)
            .Header(SipHeaderName.Supported, Target.Timer);
        terms?.Write(accepted);
        accepted.Body(SdpType, SdpWriter.Write(description));
        if (_dialog.SendSuccess(transaction))
        {
            _timer.Start(terms);
        }
    }

    // What we say to an offer that leaves all as it is, or, without one, offer ourselves (RFC 3261 14.2). Null: it changes something.
    private SdpSession? Describe(SipMessage invite)
    {
        if (invite.Body.IsEmpty)
        {
            return _ours;
        }

        return SdpParser.Parse(invite.Body.Span, _layer.Sdp, out var offer, out _) == SdpError.None
            && MsrpOfferAnswer.CreateAnswer(offer!, _local, MsrpPeerRequirements.None, _ours.Origin, out var answer, out var again) == MsrpRejection.None
            && again!.Direction == _agreed.Direction
            && string.Equals(again.Remote.Path.Text, _agreed.Remote.Path.Text, StringComparison.Ordinal)
            ? answer
            : null;
    }

    private SipRequestBuilder Refresh(long seconds, long least)
    {
        var invite = _dialog.StartRequest(SipMethod.Invite)
            .Header(SipHeaderName.UserAgent, _layer.Answers.Server)
            .Header(SipHeaderName.Contact, _contact)
            .Header(SipHeaderName.Supported, Target.Timer)
            .Header(SipHeaderName.SessionExpires, string.Create(CultureInfo.InvariantCulture, $"{seconds};refresher=uac"))
            .Header(SipHeaderName.Allow, new Target(TargetKind.DeferredFunction).Allow);
        if (least > 0)
        {
            invite.Header(SipHeaderName.MinSe, least); // RFC 4028 7.4
        }

        return invite.Body(SdpType, SdpWriter.Write(_ours));
    }

    private void Refuse(SipServerTransaction transaction, Answer answer)
    {
        _layer.Answers.Write(transaction.StartResponse(answer.Status), answer);
        transaction.SendResponse();
    }
}
