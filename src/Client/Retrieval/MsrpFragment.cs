using System.Diagnostics.CodeAnalysis;
using System.Text;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Client.Retrieval;

/// <summary>
/// A <c>message/msrp</c> (DM-12.2.2.5-2d): one whole SEND. Its Byte-Range says how long the body is.
/// </summary>
/// <param name="HeadLength">Octets before the body.</param>
/// <param name="BodyLength">Octets of the body.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="EndLine">What follows the body.</param>
internal sealed record MsrpFragment(int HeadLength, long BodyLength, string ContentType, byte[] EndLine)
{
    /// <summary>The media type.</summary>
    public const string Type = "message/msrp";

    private static readonly MsrpFrameOptions Limits = new();

    /// <summary>Reads what comes before the body; false when it is no SEND of a whole message, or over a limit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out MsrpFragment? fragment)
    {
        fragment = null;
        var reader = new MsrpFrameReader(Limits);
        if (reader.Read(octets, out var length, out _) != MsrpFrameEvent.Head
            || reader.Head is not { Method: MsrpMethod.Send, HasBody: true, ByteRange: { Start: 1, Total: { } total } } head)
        {
            return false;
        }

        fragment = new MsrpFragment(
            length,
            total,
            Encoding.UTF8.GetString(head.ContentType),
            Encoding.ASCII.GetBytes($"\r\n-------{Encoding.ASCII.GetString(head.TransactionId)}$\r\n"));
        return true;
    }

    /// <summary>The body of a fragment that is there whole; false when it is not what its head says.</summary>
    public bool TryGetBody(ReadOnlyMemory<byte> octets, out ReadOnlyMemory<byte> body)
    {
        var isWhole = octets.Length - HeadLength - EndLine.Length == BodyLength && octets.Span.EndsWith(EndLine);
        body = isWhole ? octets.Slice(HeadLength, (int)BodyLength) : default;
        return isWhole;
    }
}
