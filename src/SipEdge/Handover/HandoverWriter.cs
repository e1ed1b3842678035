using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Sip;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// Writes a deferred message as the body of one MSRP message (DM-12.2.2.5-1, -2; D10): a multipart/mixed of an envelope and
/// the original, as a <c>message/sipfrag</c> without what belonged to its hops, or as a <c>message/msrp</c>.
/// </summary>
/// <param name="host">The host of Message-IDs.</param>
/// <param name="random">Makes boundaries of what is not looked through.</param>
/// <param name="logger">The log.</param>
/// <remarks>Belongs to one thread: the edge loop. Reuses its parsed message.</remarks>
public sealed partial class HandoverWriter(string host, SipIdentifiers random, ILogger logger)
{
    /// <summary>The type a client must accept.</summary>
    public const string ContainerType = "multipart/mixed";

    /// <summary>The type it must accept in that.</summary>
    public const string FragmentType = FragmentPart.Type;

    // Boundary and transaction id of a body that is not read before: 160 random bits occur in no body.
    private const string BoundaryPrefix = "p";

    private readonly SipMessage _original = new();

    /// <summary>Writes a message.</summary>
    /// <param name="message">What the mailbox gave.</param>
    /// <param name="content">What is sent.</param>
    /// <returns>False when the stored octets are no SIP message any more: an alarm, never a crash.</returns>
    public bool TryWrite(WaitingMessage message, [NotNullWhen(true)] out HandoverContent? content)
    {
        ArgumentNullException.ThrowIfNull(message);
        content = null;
        var octets = ImmutableCollectionsMarshal.AsArray(message.Content.Octets) ?? [];
        if (!IsReadable(SipMessageParser.Unlimited.Parse(_original, octets).Error, message.Content))
        {
            return false;
        }

        var showsIdentity = HandedOverFields.ShowsAssertedIdentity(
            _original, message.Content.SenderIdentity == SenderIdentity.Asserted);
        if (!showsIdentity && message.Content.SenderIdentity == SenderIdentity.Asserted && _original.Contains(SipHeaderName.PAssertedIdentity))
        {
            LogIdentityWithheld(logger, message.MessageKey);
        }

        content = Write(message, octets, showsIdentity);
        return true;
    }

    // The headers of a body that lies elsewhere announce what is not behind them; those of a large message were chosen.
    private static bool IsReadable(SipParseError error, DeferredContent content) => error switch
    {
        SipParseError.None => true,
        SipParseError.BodyTruncated => !content.Body.IsNone,
        SipParseError.MissingVia or SipParseError.MissingCSeq => content.Mode == MessageMode.Large,
        _ => false,
    };

    private HandoverContent Write(WaitingMessage message, byte[] octets, bool showsIdentity)
    {
        var stored = message.Content.Body;
        var inline = stored.IsNone ? _original.Body.Span : default;
        var bodyLength = stored.IsNone ? inline.Length : stored.Length;
        var isLarge = message.Content.Mode == MessageMode.Large;
        var boundary = isLarge || !stored.IsNone
            ? BoundaryPrefix + random.NextTag() + random.NextTag()
            : MultipartBoundary.Choose(octets);
        var transaction = isLarge ? random.NextTag() + random.NextTag()[..12] : string.Empty;
        var output = new ArrayBufferWriter<byte>(octets.Length + 1024);
        var parts = new MultipartWriter(output, boundary);
        EnvelopePart.Write(ref parts, output, message, _original, host, showsIdentity, withOthers: isLarge);
        if (isLarge)
        {
            MsrpPart.WriteHead(ref parts, output, _original, bodyLength, (message.MessageKey, host), transaction);
        }
        else
        {
            FragmentPart.WriteHead(ref parts, output, _original, bodyLength, showsIdentity);
        }

        output.Write(inline);
        var headLength = output.WrittenCount;
        if (isLarge)
        {
            MsrpPart.WriteTail(output, bodyLength, transaction);
        }

        parts.Close();
        var isWhole = stored.IsNone;
        return new HandoverContent
        {
            ContentType = $"{ContainerType};boundary={boundary}",
            OriginalType = isLarge ? MsrpPart.Type : FragmentPart.Type,
            Head = isWhole ? output.WrittenMemory : output.WrittenMemory[..headLength],
            Body = stored,
            Tail = isWhole ? default : output.WrittenMemory[headLength..],
        };
    }
}
