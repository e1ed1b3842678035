using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Sessions;

/// <summary>What all sessions have in common, whoever opened them: timers, refreshes, and that they stay as agreed. On the loop.</summary>
public sealed class SessionLayer
{
    private readonly SessionTimerOptions _options;

    /// <summary>Creates the layer.</summary>
    public SessionLayer(EventLoop loop, EdgeAddress address, AnswerWriter answers, IOptions<SessionTimerOptions> options, IOptions<SdpOptions> sdp)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sdp);
        Loop = loop;
        Address = address;
        Answers = answers;
        Sdp = sdp.Value;
        _options = options.Value;
    }

    internal EventLoop Loop { get; }

    internal EdgeAddress Address { get; }

    internal AnswerWriter Answers { get; }

    internal SdpOptions Sdp { get; }

    /// <summary>Judges the session interval that a caller asks for.</summary>
    /// <returns>422 when it is too short and he can ask again (RFC 4028 9); null when it will do.</returns>
    internal Answer? Judge(SipMessage invite) =>
        invite.GetDelta(SipHeaderName.SessionExpires, out var expires) == SipFieldState.Valid
            && expires.Seconds < _options.MinExpires.TotalSeconds
            && SessionTerms.IsSupportedBy(invite)
            ? Answer.Of(422) with { MinSe = _options.MinExpires }
            : null;

    /// <summary>Our Contact in a dialog, with what we are (DM-12.2.1-R3, DM-12.2.2.2-1d, -1e).</summary>
    internal string Contact(SipTransportKind transport, bool isSips = false) =>
        $"<{Address.ContactUri(transport, isSips)}>;automata;+g.oma.sip-im";

    /// <summary>Keeps a session that was accepted; to be disposed with it.</summary>
    /// <param name="dialog">Its dialog.</param>
    /// <param name="contact">Our Contact in it.</param>
    /// <param name="agreed">What offer and answer agreed on.</param>
    /// <param name="ours">Our description, as it was sent.</param>
    internal SessionKeeper Keep(SipDialog dialog, string contact, MsrpNegotiation agreed, SdpSession ours) =>
        new(this, dialog, contact, agreed, ours);
}
