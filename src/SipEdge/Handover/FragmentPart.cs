using System.Buffers;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// Writes a pager message as the second part: a <c>message/sipfrag</c> without what belonged to its hops (DM-12.2.2.5-2c,
/// A13). The body follows it.
/// </summary>
internal static class FragmentPart
{
    /// <summary>The type of the part.</summary>
    public const string Type = "message/sipfrag";

    /// <summary>Writes all that comes before the body.</summary>
    public static void WriteHead(
        ref MultipartWriter parts, IBufferWriter<byte> output, SipMessage original, long bodyLength, bool showsIdentity)
    {
        parts.BeginPart();
        parts.Header("Content-Type"u8, "message/sipfrag"u8);
        parts.BeginContent();
        var head = original.Head.Span;
        output.Write(head[..(head.IndexOf((byte)'\n') + 1)]);
        foreach (var header in original.Headers)
        {
            if (HandedOverFields.Keeps(header, showsIdentity))
            {
                output.Write(header.Line.Span);
            }
        }

        if (original.ContentLength < 0 && bodyLength > 0)
        {
            // DM-12.2.2.5-2c: a fragment with a body says its length; over UDP the sender may have left it to the datagram.
            FieldWriter.Write(output, "Content-Length"u8, bodyLength);
        }

        output.Write("\r\n"u8);
    }
}
