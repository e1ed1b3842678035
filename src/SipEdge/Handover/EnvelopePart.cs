using System.Buffers;
using System.Text;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// Writes the first part of a message that is handed over: a <c>message/sipfrag</c> with the time of receipt and the listed
/// headers (DM-12.2.2.5-2a, -2e).
/// </summary>
internal static class EnvelopePart
{
    // What the envelope shows besides Date, in this order.
    private static readonly SipHeaderName[] Listed =
        [SipHeaderName.From, SipHeaderName.To, SipHeaderName.Subject, SipHeaderName.Priority, SipHeaderName.CallId];

    /// <summary>Writes it.</summary>
    /// <param name="parts">The multipart.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="message">The message.</param>
    /// <param name="original">Its headers.</param>
    /// <param name="host">The host of Message-IDs.</param>
    /// <param name="showsIdentity">Whether P-Asserted-Identity may be shown.</param>
    /// <param name="withOthers">Whether the other headers that were kept stand here, because the original has no place for them.</param>
    public static void Write(
        ref MultipartWriter parts,
        IBufferWriter<byte> output,
        WaitingMessage message,
        SipMessage original,
        string host,
        bool showsIdentity,
        bool withOthers)
    {
        parts.BeginPart();
        parts.Header("Content-Type"u8, "message/sipfrag"u8);
        parts.Header("Content-ID"u8, Encoding.UTF8.GetBytes($"<{message.MessageKey}@{host}>"));
        parts.BeginContent();

        // A11: the time of receipt stands here, so that the original keeps its own Date.
        Span<byte> date = stackalloc byte[SipDate.Length];
        SipDate.Format(message.Content.ReceivedAt, date);
        FieldWriter.Write(output, "Date"u8, date);
        foreach (var name in Listed)
        {
            if (original.TryGet(name, out var value))
            {
                FieldWriter.Write(output, SipHeaderNames.ToOctets(name), value.Span);
            }
        }

        if (showsIdentity)
        {
            foreach (var identity in original.GetValues(SipHeaderName.PAssertedIdentity))
            {
                FieldWriter.Write(output, SipHeaderNames.ToOctets(SipHeaderName.PAssertedIdentity), identity.Span);
            }
        }

        if (withOthers)
        {
            WriteOthers(output, original);
        }
    }

    private static void WriteOthers(IBufferWriter<byte> output, SipMessage original)
    {
        foreach (var header in original.Headers)
        {
            if (HandedOverFields.Keeps(header, withAssertedIdentity: false)
                && !Listed.Contains(header.Name)
                && !HandedOverFields.IsOfTheTransaction(header)
                && !HandedOverFields.IsOfTheBody(header))
            {
                output.Write(header.Line.Span);
            }
        }
    }
}
