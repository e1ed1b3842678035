using System.Buffers;

namespace PosteRestante.Protocols.Msrp;

/// <summary>Writes frames. A SEND with body is head, body octets, end-line; everything else is one call.</summary>
public static class MsrpFrameWriter
{
    /// <summary>Longest end-line, the CRLF before it included.</summary>
    public const int MaxEndLineBytes = 2 + 7 + MsrpSyntax.MaxIdentLength + 1 + 2;

    private const int HeadRoom = 192;

    /// <summary>Writes the head of a SEND and the blank line; body octets and <see cref="WriteEndLine"/> follow.</summary>
    public static void WriteSendHead(IBufferWriter<byte> output, in MsrpSendHead head)
    {
        MsrpHeadWriter writer = Begin(output, head, HeadRoom + head.ContentType.Length);
        if (!head.ContentDisposition.IsEmpty)
        {
            writer.Header("Content-Disposition"u8, head.ContentDisposition);
        }

        // RFC 4975 7.1: Content-Type is the last header.
        writer.Header("Content-Type"u8, head.ContentType);
        writer.BeginBody();
    }

    /// <summary>Writes a whole SEND without body.</summary>
    public static void WriteBodilessSend(IBufferWriter<byte> output, in MsrpSendHead head)
    {
        MsrpHeadWriter writer = Begin(output, head, HeadRoom + MaxEndLineBytes);
        writer.EndFrame(head.TransactionId, MsrpFlag.Complete);
    }

    /// <summary>Writes the end of a frame with body: CRLF and end-line.</summary>
    public static void WriteEndLine(IBufferWriter<byte> output, ReadOnlySpan<byte> transactionId, MsrpFlag flag)
    {
        Span<byte> span = output.GetSpan(MaxEndLineBytes);
        "\r\n"u8.CopyTo(span);
        output.Advance(2 + FormatEndLine(transactionId, flag, span[2..]));
    }

    /// <summary>Writes a response (RFC 4975 7.2).</summary>
    /// <param name="output">Where it goes: the connection the request came on.</param>
    /// <param name="transactionId">That of the request.</param>
    /// <param name="statusCode">Three digits.</param>
    /// <param name="toPath">The leftmost From-Path URI of the request.</param>
    /// <param name="fromPath">This end's URI.</param>
    public static void WriteResponse(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> transactionId,
        int statusCode,
        ReadOnlySpan<byte> toPath,
        ReadOnlySpan<byte> fromPath)
    {
        MsrpHeadWriter writer = new(output, HeadRoom + toPath.Length + fromPath.Length);
        writer.StatusLine(transactionId, statusCode);
        writer.Header("To-Path"u8, toPath);
        writer.Header("From-Path"u8, fromPath);
        writer.EndFrame(transactionId, MsrpFlag.Complete);
    }

    /// <summary>Writes a REPORT (RFC 4975 7.1.2).</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="transactionId">A new transaction id.</param>
    /// <param name="toPath">The whole From-Path of the SEND.</param>
    /// <param name="fromPath">This end's path.</param>
    /// <param name="messageId">The message reported on.</param>
    /// <param name="range">The octets reported on.</param>
    /// <param name="statusCode">200, or why not.</param>
    public static void WriteReport(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> transactionId,
        ReadOnlySpan<byte> toPath,
        ReadOnlySpan<byte> fromPath,
        ReadOnlySpan<byte> messageId,
        in MsrpByteRange range,
        int statusCode)
    {
        MsrpHeadWriter writer = new(output, HeadRoom + (2 * HeadRoom) + toPath.Length + fromPath.Length);
        writer.RequestLine(transactionId, "REPORT"u8);
        writer.Header("To-Path"u8, toPath);
        writer.Header("From-Path"u8, fromPath);
        writer.Header("Message-ID"u8, messageId);
        writer.ByteRange(range);
        writer.Status(statusCode);
        writer.EndFrame(transactionId, MsrpFlag.Complete);
    }

    /// <summary>
    /// Whether the end-line of this transaction occurs in content, which would cut the body short (RFC 4975 7.1): the
    /// payload may itself hold MSRP. Then another transaction id has to be taken.
    /// </summary>
    public static bool EndLineOccursIn(ReadOnlySpan<byte> content, ReadOnlySpan<byte> transactionId)
    {
        while (true)
        {
            int at = content.IndexOf(MsrpSyntax.EndLineHyphens);
            if (at < 0)
            {
                return false;
            }

            if (content[(at + MsrpSyntax.EndLineHyphens.Length)..].StartsWith(transactionId))
            {
                return true;
            }

            content = content[(at + 1)..];
        }
    }

    /// <summary>Writes the end-line without the CRLF before it.</summary>
    internal static int FormatEndLine(ReadOnlySpan<byte> transactionId, MsrpFlag flag, Span<byte> destination)
    {
        ReadOnlySpan<byte> hyphens = MsrpSyntax.EndLineHyphens;
        hyphens.CopyTo(destination);
        transactionId.CopyTo(destination[hyphens.Length..]);
        int length = hyphens.Length + transactionId.Length;
        destination[length] = (byte)flag;
        destination[length + 1] = (byte)'\r';
        destination[length + 2] = (byte)'\n';
        return length + 3;
    }

    private static MsrpHeadWriter Begin(IBufferWriter<byte> output, in MsrpSendHead head, int room)
    {
        MsrpHeadWriter writer = new(output, room + head.ToPath.Length + head.FromPath.Length);
        writer.RequestLine(head.TransactionId, "SEND"u8);
        writer.Header("To-Path"u8, head.ToPath);
        writer.Header("From-Path"u8, head.FromPath);
        writer.Header("Message-ID"u8, head.MessageId);
        if (head.SuccessReport)
        {
            writer.Header("Success-Report"u8, "yes"u8);
        }

        writer.Header("Failure-Report"u8, FailureReportText(head.FailureReport));
        writer.ByteRange(head.ByteRange);
        return writer;
    }

    private static ReadOnlySpan<byte> FailureReportText(MsrpFailureReport value) => value switch
    {
        MsrpFailureReport.No => "no"u8,
        MsrpFailureReport.Partial => "partial"u8,
        _ => "yes"u8,
    };
}
