using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PosteRestante.Protocols.Mime;

namespace PosteRestante.Client.Retrieval.Large;

/// <summary>
/// What comes before the body of a message that is handed over (D10): the envelope, and the beginning of the original. It says
/// where the body lies, so that the body need not be looked through for its end.
/// </summary>
/// <param name="Envelope">The first part.</param>
/// <param name="Original">The second part up to the body.</param>
/// <param name="Start">Where the body begins.</param>
/// <param name="BodyLength">Octets of the body.</param>
/// <param name="Tail">What has to follow it.</param>
internal sealed record LargeMessageHead(MimePart Envelope, MimePart Original, int Start, long BodyLength, byte[] Tail)
{
    /// <summary>Octets before the body, at most: header fields of a SIP message, twice, and what is around them.</summary>
    public const int MaxOctets = 128 * 1024;

    /// <summary>Octets of the whole message.</summary>
    public long Length => Start + BodyLength + Tail.Length;

    /// <summary>Reads the beginning of a message.</summary>
    /// <param name="octets">From its first octet on.</param>
    /// <param name="type">Its Content-Type.</param>
    /// <param name="options">Limits of the parts.</param>
    /// <param name="head">The head, when it is whole.</param>
    public static HeadState Read(ReadOnlySpan<byte> octets, MediaType type, MimeOptions options, out LargeMessageHead? head)
    {
        head = null;
        if (type.Boundary is not { } boundary)
        {
            return HeadState.Malformed;
        }

        // The second part begins after the second delimiter; the body after its own header fields and those of the original.
        var delimiter = Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\n");
        var start = EndOf(octets, octets.IndexOf(delimiter), delimiter.Length);
        for (var block = 0; block < 2 && start > 0; block++)
        {
            start = EndOf(octets, start + octets[start..].IndexOf("\r\n\r\n"u8), "\r\n\r\n"u8.Length, start);
        }

        if (start <= 0)
        {
            return octets.Length < MaxOctets ? HeadState.NeedsMore : HeadState.Malformed;
        }

        head = start <= MaxOctets ? Take(octets[..start], type, boundary, options) : null;
        return head is null ? HeadState.Malformed : HeadState.Whole;
    }

    private static int EndOf(ReadOnlySpan<byte> octets, int found, int length, int from = 0) =>
        found < from || found + length > octets.Length ? 0 : found + length;

    private static LargeMessageHead? Take(ReadOnlySpan<byte> octets, MediaType type, string boundary, MimeOptions options)
    {
        var close = Encoding.ASCII.GetBytes($"\r\n--{boundary}--");
        byte[] closed = [.. octets, .. close];
        if (MultipartParser.Parse(closed, type, options, out ImmutableArray<MimePart> parts) != MimeError.None || parts.Length != 2)
        {
            return null;
        }

        if (parts[1].ContentType?.Is(MsrpFragment.Type) == true)
        {
            return MsrpFragment.TryRead(parts[1].Content.Span, out var fragment)
                ? new LargeMessageHead(parts[0], parts[1], octets.Length, fragment.BodyLength, [.. fragment.EndLine, .. close])
                : null;
        }

        var length = new SipFragment(parts[1].Content).Header("Content-Length", "l");
        return long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bodyLength)
            ? new LargeMessageHead(parts[0], parts[1], octets.Length, bodyLength, close)
            : null;
    }
}
