using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>What every message of a session has from its INVITE (DM-12.2.2.1-1, -2; DM-12.2.2.3-2).</summary>
/// <param name="Mailbox">Whose mailbox it is for.</param>
/// <param name="Sender">Whom it is from.</param>
/// <param name="Head">Request line and header fields that are kept, each with its CRLF, without the empty line.</param>
/// <param name="From">The sender's URI as it was.</param>
/// <param name="FromTag">The From tag.</param>
/// <param name="Subject">The subject, cut as the index wants it.</param>
/// <param name="CallId">The Call-ID.</param>
/// <param name="TraceParent">The trace of the deposit.</param>
internal sealed record LargeDepositInvite(
    MailboxKey Mailbox,
    SenderView Sender,
    ReadOnlyMemory<byte> Head,
    string From,
    string FromTag,
    string Subject,
    string CallId,
    string TraceParent)
{
    /// <summary>The 200 as a SIP fragment, once it is sent.</summary>
    public ReadOnlyMemory<byte> Success { get; init; }
}
