using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// Feeds a session: reads pages from the mailbox and sends one MSRP message per deferred message, oldest first
/// (DM-12.2.1.1.2-4, DM-12.2.2.5-1), as the window has room. What comes back is not its concern. On the loop.
/// </summary>
/// <param name="lease">Gives the pages.</param>
/// <param name="window">Says when the next page fits.</param>
/// <param name="writer">Writes the messages.</param>
/// <param name="open">Makes the source of a message whose body is in the body store.</param>
/// <param name="activity">The trace of the delivery, if it is traced.</param>
/// <param name="logger">Where a message that cannot be written is alarmed about.</param>
internal sealed partial class DeliveryFeed(
    DeliveryLease lease,
    DeliveryWindow window,
    HandoverWriter writer,
    Func<HandoverContent, OutgoingBody> open,
    Activity? activity,
    ILogger logger)
{
    // The limit of links that OpenTelemetry sets by default (OTEL_SPAN_LINK_COUNT_LIMIT).
    private const int MaxLinks = 128;

    private int _links;

    /// <summary>Whether it goes on with what arrives while it runs, as a push does (design of delivery).</summary>
    public bool Appends { get; init; }

    /// <summary>Told of a message that cannot be sent for its own sake.</summary>
    public required Action<MessageOutcome> Unsendable { get; init; }

    /// <summary>Called after each page, before room for the next is waited for.</summary>
    public required Action PageSent { get; init; }

    /// <summary>Sends all there is, or until the window is closed or the session is over.</summary>
    /// <returns>False when the mailbox did not give its next page.</returns>
    public async Task<bool> RunAsync(MsrpSession session)
    {
        var after = 0L;
        while (!IsOver(session))
        {
            if (await lease.NextPageAsync(after) is not { } page)
            {
                return false;
            }

            foreach (var message in page.Messages)
            {
                await SendAsync(session, message);
            }

            after = page.NextAfterSequence;
            if (page.IsLast && (!Appends || page.Messages.IsEmpty))
            {
                return true;
            }

            if (page.IsLast)
            {
                await AnsweredAsync(session);
            }

            PageSent();
            await window.WaitForRoomAsync();
        }

        return true;
    }

    private bool IsOver(MsrpSession session) => window.IsClosed || session.Ended is not null;

    // What has arrived meanwhile is asked for once, when all else has its answer.
    private async Task AnsweredAsync(MsrpSession session)
    {
        while (window.Unanswered > 0 && !IsOver(session))
        {
            await window.WaitForAnswerAsync();
        }
    }

    private async Task SendAsync(MsrpSession session, WaitingMessage message)
    {
        if (!writer.TryWrite(message, out var content))
        {
            LogUnreadable(message.MessageKey);
            Unsendable(Outcome(message, SendOutcome.Rejected));
            return;
        }

        if (StatusOf(session.RemoteMedia!, content) is var status and not MsrpStatusCode.Ok)
        {
            LogNotTaken(message.MessageKey, status);
            Unsendable(Outcome(message, SendOutcome.Rejected) with { Status = status });
            return;
        }

        var outgoing = Prepare(message, content);
        while (!session.TrySend(outgoing))
        {
            if (IsOver(session))
            {
                return;
            }

            if (window.Unanswered == 0)
            {
                throw new InvalidOperationException("A session in which nothing waits takes no message.");
            }

            await window.WaitForAnswerAsync();
        }

        window.Sent(content.HeldOctets);
        Link(message);
    }

    // What the peer said it would refuse is not sent at all (RFC 4975 8.6): it counts as refused.
    private static int StatusOf(MsrpMedia peer, HandoverContent content) =>
        content.Length > peer.MaxSize ? MsrpStatusCode.StopMessage
        : !peer.MaySendWrapped(content.OriginalType) ? MsrpStatusCode.UnsupportedMediaType
        : MsrpStatusCode.Ok;

    private MsrpOutgoingMessage Prepare(WaitingMessage message, HandoverContent content)
    {
        var id = MessageId(message);
        var outcome = Outcome(message, SendOutcome.None);
        if (content.Body.IsNone)
        {
            return new MsrpOutgoingMessage(id, content.ContentType, content.Head) { Tag = new SentMessage(outcome, content.HeldOctets) };
        }

        var body = open(content);
        return new MsrpOutgoingMessage(id, content.ContentType, content.Length, body.ReadAsync)
        {
            Tag = new SentMessage(outcome, content.HeldOctets, body),
        };
    }

    private void Link(WaitingMessage message)
    {
        if (activity is not null && _links < MaxLinks)
        {
            _links++;
            EdgeTelemetry.Link(activity, message.Content.TraceParent);
        }
    }

    // Stable for one delivery of one message, so that a client drops its repeats (DM-12.2.2.5-1); another generation is
    // another delivery. An MSRP ident has no room for a sip: URI (RFC 4975 9).
    private static string MessageId(WaitingMessage message) => $"d{message.MessageKey}{(message.Generation + 1) % 100_000}";

    private static MessageOutcome Outcome(WaitingMessage message, SendOutcome outcome) => new()
    {
        Sequence = message.Sequence,
        MessageKey = message.MessageKey,
        Outcome = outcome,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored message {MessageKey} is no SIP message any more and cannot be handed over.")]
    private partial void LogUnreadable(string messageKey);

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageKey} is not sent: by its description the client would refuse it with {Status}.")]
    private partial void LogNotTaken(string messageKey, int status);
}
