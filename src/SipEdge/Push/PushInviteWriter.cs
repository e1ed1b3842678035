using System.Globalization;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipStack.Sip.Dialogs;

namespace PosteRestante.SipEdge.Push;

/// <summary>Writes the INVITE of a push with every header field that 12.2.2.2 lists.</summary>
internal sealed class PushInviteWriter(
    SipDialogLayer dialogs, SessionLayer sessions, ServiceUris uris, AnswerWriter answers, PushOptions options, bool isBehindCore)
{
    private const string SdpType = "application/sdp";

    /// <summary>Starts the INVITE in the shared builder; it is sent in the same turn.</summary>
    /// <param name="user">The served user, in normal form.</param>
    /// <param name="way">The way to him.</param>
    /// <param name="offer">The SDP.</param>
    /// <param name="sessionExpires">The session interval in seconds.</param>
    /// <param name="minSe">The least interval a 422 demanded; 0 for none.</param>
    public SipRequestBuilder Start(string user, PushTarget way, SdpSession offer, long sessionExpires, long minSe)
    {
        var invite = dialogs
            .StartRequest(SipMethod.Invite, SipUri.Parse(way.Contact ?? user), $"<{uris.DeferredUri}>", $"<{user}>") // DM-12.2.2.2-1a, D1
            .Header(SipHeaderName.AcceptContact, $"*;+g.oma.sip-im{options.AcceptContactSuffix}"); // -1b
        if (isBehindCore)
        {
            invite.Header(SipHeaderName.PAssertedIdentity, $"<{uris.DeferredUri}>"); // inside the trust domain only (RFC 3325 5)
        }

        invite
            .Header(SipHeaderName.UserAgent, answers.Server) // -1c
            .Header(SipHeaderName.Contact, sessions.Contact(way.Destination.Transport)) // -1d, -1e
            .Header(SipHeaderName.Supported, Target.Timer)
            .Header(SipHeaderName.SessionExpires, string.Create(CultureInfo.InvariantCulture, $"{sessionExpires};refresher=uac")) // -1f
            .Header(SipHeaderName.Allow, new Target(TargetKind.DeferredFunction).Allow);
        if (minSe > 0)
        {
            invite.Header(SipHeaderName.MinSe, minSe); // RFC 4028 7.4
        }

        return invite.Body(SdpType, SdpWriter.Write(offer)); // -1g
    }
}
