using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Cpim;
using PosteRestante.Protocols.Mime;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>What the sessions that bring large messages share. On the loop.</summary>
internal sealed partial class LargeDeposits(
    EventLoop loop, IBodyStore bodies, DepositOptions options, long maxBytes, CpimOptions cpim, ILogger logger) : IDisposable
{
    private readonly DedupeKey _dedupeKey = new();

    public EventLoop Loop => loop;

    public IBodyStore Bodies => bodies;

    public LargeDepositOptions Options => options.Large;

    /// <summary>Octets of one message at most.</summary>
    public long MaxBytes => maxBytes;

    public MailboxRooms Rooms { get; } = new();

    /// <summary>Whether a Content-Type can stand in a header of the stored message.</summary>
    public static bool TryReadType(string contentType, out bool isCpim)
    {
        var isRead = MediaType.TryParse(contentType, out var type);
        isCpim = isRead && type!.Is("message/cpim");
        return isRead;
    }

    /// <summary>A message that is whole, as its mailbox stores it: the time of completion is the time of receipt (DM-12.2.2.3-2).</summary>
    public DepositRequest Describe(
        LargeDepositInvite invite, MsrpIncomingMessage message, long length, ImmutableArray<byte> hash, ReadOnlyMemory<byte> head)
    {
        var now = loop.Now;
        var inner = head.IsEmpty || CpimParser.Parse(head.Span, cpim, out var read) != CpimError.None ? null : read;
        return new DepositRequest
        {
            DedupeKey = _dedupeKey.OfLarge(invite, message, length, hash, inner?.MessageId ?? string.Empty),
            Content = new DeferredContent
            {
                Mode = MessageMode.Large,
                Octets = HeadOf(invite, message, out var offset),
                BodyOffset = offset,
                ReceivedAt = now,
                ExpiresAt = now + options.DefaultLifetime, // DM-12.2.2.3-5c
                From = invite.From,
                Subject = invite.Subject,
                CallId = invite.CallId,
                ImdnMessageId = inner?.MessageId ?? string.Empty,
                Notifications = DepositReader.Notifications(inner),
                SenderIdentity = invite.Sender.Identity,
                TraceParent = invite.TraceParent,
                Session = [.. invite.Success.Span],
            },
        };
    }

    public void Dispose() => _dedupeKey.Dispose();

    [LoggerMessage(LogLevel.Error, "A large message could not be stored; its sender is told so and may try again.")]
    public partial void LogNotStored(Exception failure);

    private static ImmutableArray<byte> HeadOf(LargeDepositInvite invite, MsrpIncomingMessage message, out int offset)
    {
        var fields = Encoding.UTF8.GetBytes(
            $"Message-ID: {message.MessageId}\r\nContent-Type: {message.ContentType}\r\n{message.MimeFields}\r\n");
        offset = invite.Head.Length + fields.Length;
        return [.. invite.Head.Span, .. fields];
    }
}
