using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// Writes a deferred pager message as the body of one MSRP message (DM-12.2.2.5-1, -2; D10): a multipart/mixed of an
/// envelope, a <c>message/sipfrag</c> with the time of receipt and the listed headers, and the original as a
/// <c>message/sipfrag</c> without what belonged to its hops.
/// </summary>
/// <remarks>Belongs to one thread: the edge loop. Reuses its parsed message.</remarks>
public sealed partial class HandoverWriter(string host, ILogger logger)
{
    /// <summary>The types a client must accept: the container, and in it the fragments.</summary>
    public const string ContainerType = "multipart/mixed";

    /// <summary>The type of both parts.</summary>
    public const string FragmentType = "message/sipfrag";

    // What the envelope shows besides Date, in this order (DM-12.2.2.5-2e).
    private static readonly SipHeaderName[] EnvelopeFields =
        [SipHeaderName.From, SipHeaderName.To, SipHeaderName.Subject, SipHeaderName.Priority, SipHeaderName.CallId];

    private readonly SipMessage _original = new();

    /// <summary>
    /// Writes a message.
    /// </summary>
    /// <param name="message">What the mailbox gave.</param>
    /// <param name="output">Where the body goes.</param>
    /// <param name="contentType">The Content-Type of the body, with its boundary.</param>
    /// <returns>False when the stored octets are no SIP message any more: an alarm, never a crash.</returns>
    public bool TryWrite(WaitingMessage message, IBufferWriter<byte> output, out string contentType)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        contentType = string.Empty;
        var octets = ImmutableCollectionsMarshal.AsArray(message.Content.Octets) ?? [];
        if (!SipMessageParser.Unlimited.Parse(_original, octets).IsParsed)
        {
            return false;
        }

        var showsIdentity = HandedOverFields.ShowsAssertedIdentity(
            _original, message.Content.SenderIdentity == SenderIdentity.Asserted);
        if (!showsIdentity && message.Content.SenderIdentity == SenderIdentity.Asserted && _original.Contains(SipHeaderName.PAssertedIdentity))
        {
            LogIdentityWithheld(logger, message.MessageKey);
        }

        var boundary = MultipartBoundary.Choose(octets);
        contentType = $"{ContainerType};boundary={boundary}";
        var parts = new MultipartWriter(output, boundary);
        WriteEnvelope(ref parts, output, message, showsIdentity);
        WriteOriginal(ref parts, output, showsIdentity);
        parts.Close();
        return true;
    }

    private void WriteEnvelope(ref MultipartWriter parts, IBufferWriter<byte> output, WaitingMessage message, bool showsIdentity)
    {
        parts.BeginPart();
        parts.Header("Content-Type"u8, "message/sipfrag"u8);
        parts.Header("Content-ID"u8, Encoding.UTF8.GetBytes($"<{message.MessageKey}@{host}>"));
        parts.BeginContent();

        // A11: the time of receipt stands here, so that the original keeps its own Date.
        Span<byte> date = stackalloc byte[SipDate.Length];
        SipDate.Format(message.Content.ReceivedAt, date);
        WriteField(output, "Date"u8, date);
        foreach (var name in EnvelopeFields)
        {
            if (_original.TryGet(name, out var value))
            {
                WriteField(output, SipHeaderNames.ToOctets(name), value.Span);
            }
        }

        if (showsIdentity)
        {
            foreach (var identity in _original.GetValues(SipHeaderName.PAssertedIdentity))
            {
                WriteField(output, SipHeaderNames.ToOctets(SipHeaderName.PAssertedIdentity), identity.Span);
            }
        }
    }

    private void WriteOriginal(ref MultipartWriter parts, IBufferWriter<byte> output, bool showsIdentity)
    {
        parts.BeginPart();
        parts.Header("Content-Type"u8, "message/sipfrag"u8);
        parts.BeginContent();
        var head = _original.Head.Span;
        output.Write(head[..(head.IndexOf((byte)'\n') + 1)]);
        foreach (var header in _original.Headers)
        {
            if (HandedOverFields.Keeps(header, showsIdentity))
            {
                output.Write(header.Line.Span);
            }
        }

        if (_original.ContentLength < 0 && _original.Body.Length > 0)
        {
            // DM-12.2.2.5-2c: a fragment with a body says its length; over UDP the sender may have left it to the datagram.
            WriteLength(output, _original.Body.Length);
        }

        output.Write("\r\n"u8);
        output.Write(_original.Body.Span);
    }

    private static void WriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Write(name);
        output.Write(": "u8);
        output.Write(value);
        output.Write("\r\n"u8);
    }

    private static void WriteLength(IBufferWriter<byte> output, int length)
    {
        Span<byte> digits = stackalloc byte[11];
        _ = Utf8Formatter.TryFormat(length, digits, out var written); // an int has at most 11 characters
        WriteField(output, "Content-Length"u8, digits[..written]);
    }
}
