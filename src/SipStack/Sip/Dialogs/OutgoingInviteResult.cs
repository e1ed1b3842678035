using System.Diagnostics.CodeAnalysis;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>What came of an INVITE that was sent.</summary>
/// <param name="Dialog">The dialog when it was accepted; its ACK is sent.</param>
/// <param name="Response">The final response; null when none came.</param>
/// <param name="Failure">Why none came.</param>
public sealed record OutgoingInviteResult(SipDialog? Dialog, SipMessage? Response, SipTransactionFailure Failure)
{
    /// <summary>Whether the session stands.</summary>
    [MemberNotNullWhen(true, nameof(Dialog), nameof(Response))]
    public bool IsAccepted => Dialog is not null;
}
