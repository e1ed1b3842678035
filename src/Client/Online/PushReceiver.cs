using System.Net;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.Client.Online;

/// <summary>
/// Answers the INVITE of a push (12.2.2.2) as the client that takes it: <c>recvonly</c>, <c>setup:active</c>. From the server alone.
/// On the loop.
/// </summary>
internal sealed class PushReceiver(SipEndpoint sip, MsrpEndpoint msrp, ImClientOptions options, MessageIntake intake) : ISipUser
{
    private readonly List<PushedSession> _sessions = [];

    /// <inheritdoc/>
    public void OnRequest(SipServerTransaction transaction) =>
        transaction.Respond(transaction.Request.Method == SipMethod.Options ? 200 : 405);

    /// <inheritdoc/>
    public void OnInvite(IncomingInvite invite)
    {
        if (!invite.Flow.Remote.Address.Equals(options.Server.Address))
        {
            invite.Reject(403);
            return;
        }

        _sessions.RemoveAll(static session => session.Over.IsCompleted);
        var session = new PushedSession(intake);
        var isReadable = SdpParser.Parse(invite.Request.Body.Span, options.Sdp, out var offer, out _) == SdpError.None;
        var isSecure = isReadable && options.Tls is not null && MsrpMedia.OffersSecure(offer!);
        if (_sessions.Count >= options.MaxPushes
            || msrp.TryCreateSession(session, LocalHost, MsrpLocalMedia.DiscardPort, isSecure) is not { } media)
        {
            invite.Reject(486);
            return;
        }

        if (!isReadable || !TryAnswer(invite, offer!, media, out var answer, out var agreed, out var connectTo))
        {
            invite.Reject(488);
            media.Close();
            return;
        }

        invite.StartAccept($"<{ClientContact.Uri(sip, invite.Flow.Transport)}>;+g.oma.sip-im")
            .Header(SipHeaderName.Server, $"IM-client/OMA1.0 {options.Product}")
            .Body("application/sdp", SdpWriter.Write(answer!));
        session.Begin(media, invite.Accept(session));
        _sessions.Add(session);
        media.Start(agreed!, connectTo);
    }

    /// <summary>Lets what runs come to its end, for a while, and then ends it.</summary>
    public async Task LeaveAsync(EventLoop loop)
    {
        await Task.WhenAny(Task.WhenAll(_sessions.Select(static session => session.Over)), Task.Delay(options.LeaveWait, loop.Time));
        End();
    }

    /// <summary>Ends every session.</summary>
    public void End() => _sessions.ForEach(static session => session.End());

    private string LocalHost => ClientContact.Host(sip);

    private bool TryAnswer(
        IncomingInvite invite,
        SdpSession offer,
        MsrpSession media,
        out SdpSession? answer,
        out MsrpNegotiation? agreed,
        out EndPoint? connectTo)
    {
        (answer, agreed, connectTo) = (null, null, null);
        var rejection = MsrpOfferAnswer.CreateAnswer(
            offer,
            RetrievalCall.Local(media.LocalPath, options.MaxOctets),
            MsrpPeerRequirements.None,
            ClientMedia.Origin(sip),
            out answer,
            out agreed);
        connectTo = rejection == MsrpRejection.None ? ClientMedia.ConnectTo(agreed!, invite.Flow) : null;
        return connectTo is not null;
    }
}
