using System.Buffers;
using System.Text;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// Writes a large message as the second part: a <c>message/msrp</c> with one SEND in it, put together again, under its
/// original Message-ID and Content-Type (DM-12.2.2.5-2b, -2d). The body stands between head and tail.
/// </summary>
/// <remarks>
/// The paths of the session that brought it are over, and would show what lies behind this service (A13): both name the
/// message here.
/// </remarks>
internal static class MsrpPart
{
    /// <summary>The type of the part.</summary>
    public const string Type = "message/msrp";

    /// <summary>Writes what comes before the body.</summary>
    /// <param name="parts">The multipart.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="original">The headers that were kept.</param>
    /// <param name="bodyLength">Octets of the body.</param>
    /// <param name="place">The message at this service: <c>key@host</c>.</param>
    /// <param name="transaction">A transaction id whose end-line is not in the body.</param>
    public static void WriteHead(
        ref MultipartWriter parts,
        IBufferWriter<byte> output,
        SipMessage original,
        long bodyLength,
        (string Key, string Host) place,
        string transaction)
    {
        parts.BeginPart();
        parts.Header("Content-Type"u8, "message/msrp"u8);
        parts.BeginContent();
        var path = Encoding.ASCII.GetBytes($"msrp://{place.Host}:{MsrpUri.DefaultPort}/{place.Key};tcp");
        output.Write(Encoding.ASCII.GetBytes($"MSRP {transaction} SEND\r\n"));
        FieldWriter.Write(output, "To-Path"u8, path);
        FieldWriter.Write(output, "From-Path"u8, path);
        FieldWriter.Write(output, "Message-ID"u8, MessageIdOf(original, place.Key));
        FieldWriter.Write(output, "Byte-Range"u8, Encoding.ASCII.GetBytes($"1-{bodyLength}/{bodyLength}"));
        if (bodyLength == 0)
        {
            return; // RFC 4975 7.1: no body, no Content-Type
        }

        foreach (var header in original.Headers)
        {
            if (HandedOverFields.IsOfTheBody(header) && !HandedOverFields.IsFraming(header))
            {
                output.Write(header.Line.Span);
            }
        }

        // RFC 4975 7.1: Content-Type is the last header.
        var type = original.TryGet(SipHeaderName.ContentType, out var written) ? written.Span : "application/octet-stream"u8;
        FieldWriter.Write(output, "Content-Type"u8, type);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes what comes after the body.</summary>
    public static void WriteTail(IBufferWriter<byte> output, long bodyLength, string transaction) =>
        output.Write(Encoding.ASCII.GetBytes($"{(bodyLength == 0 ? string.Empty : "\r\n")}-------{transaction}$\r\n"));

    private static ReadOnlySpan<byte> MessageIdOf(SipMessage original, string key)
    {
        foreach (var header in original.Headers)
        {
            if (header.NameText.IsIgnoreCase("Message-ID"u8))
            {
                return header.Value.Span;
            }
        }

        return Encoding.ASCII.GetBytes(key);
    }
}
