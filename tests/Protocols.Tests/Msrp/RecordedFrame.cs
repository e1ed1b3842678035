using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

/// <summary>One frame as a test remembers it.</summary>
internal sealed record RecordedFrame(string Head, string Body, MsrpFlag Flag, MsrpParseError Error)
{
    public static RecordedFrame From(MsrpFrameHead head, byte[] body, MsrpFlag flag) => new(
        Describe(head), Encoding.Latin1.GetString(body), flag, head.Error);

    private static string Describe(MsrpFrameHead head)
    {
        StringBuilder text = new();
        text.Append($"{Text(head.TransactionId)} {head.Method} {Text(head.MethodText)} {head.StatusCode} ");
        text.Append($"{Text(head.Comment)}|{Text(head.ToPath)}|{Text(head.FromPath)}|{Text(head.MessageId)}|");
        text.Append($"{head.ByteRange}|{head.SuccessReport}|{head.FailureReport}|{head.Status}|{Text(head.ContentType)}");
        for (int i = 0; i < head.HeaderCount; i++)
        {
            text.Append($"\n{Text(head.HeaderName(i))}: {Text(head.HeaderValue(i))}");
        }

        return text.ToString();
    }

    private static string Text(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);
}
