using System.Buffers.Text;
using System.Globalization;

namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// A <c>Byte-Range</c> (RFC 4975 7.1.1): positions of octets in the message, the first is 1; the end and the total
/// may be unknown (<c>*</c>). An empty message is <c>1-0/0</c>.
/// </summary>
/// <param name="Start">Position of the first octet, at least 1.</param>
/// <param name="End">Position of the last octet; null is <c>*</c>. <c>Start - 1</c> for no octets.</param>
/// <param name="Total">Octets in the whole message; null is <c>*</c>.</param>
public readonly record struct MsrpByteRange(long Start, long? End, long? Total)
{
    /// <summary>Longest text of a range: three numbers of 19 digits, a hyphen and a slash.</summary>
    public const int MaxTextLength = (3 * 19) + 2;

    /// <summary>The range of a message without octets.</summary>
    public static MsrpByteRange Empty { get; } = new(1, 0, 0);

    /// <summary>The range that covers a whole message of <paramref name="total"/> octets.</summary>
    public static MsrpByteRange Whole(long total) => new(1, total, total);

    /// <summary>Reads <c>start-end/total</c>. False when the text is no range: not numeric, overflowing, start below 1,
    /// an end before <c>start - 1</c>, or a total below the end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out MsrpByteRange range)
    {
        range = default;
        int hyphen = text.IndexOf((byte)'-');
        int slash = text.IndexOf((byte)'/');
        if (hyphen <= 0 || slash < hyphen
            || !TryNumber(text[..hyphen], out long? start) || start is not >= 1
            || !TryNumberOrStar(text[(hyphen + 1)..slash], out long? end)
            || !TryNumberOrStar(text[(slash + 1)..], out long? total))
        {
            return false;
        }

        if (end < start - 1 || total < end || (end is null && total is not null && total < start - 1))
        {
            return false;
        }

        range = new MsrpByteRange(start.GetValueOrDefault(), end, total);
        return true;
    }

    /// <summary>Writes the text; <paramref name="destination"/> holds at least <see cref="MaxTextLength"/> octets.</summary>
    /// <returns>Octets written.</returns>
    public int Format(Span<byte> destination)
    {
        int length = FormatNumber(Start, destination);
        destination[length++] = (byte)'-';
        length += FormatNumber(End, destination[length..]);
        destination[length++] = (byte)'/';
        return length + FormatNumber(Total, destination[length..]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Start}-{(End is { } e ? e : "*")}/{(Total is { } t ? t : "*")}");

    private static int FormatNumber(long? number, Span<byte> destination)
    {
        if (number is { } value)
        {
            _ = Utf8Formatter.TryFormat(value, destination, out int written);
            return written;
        }

        destination[0] = (byte)'*';
        return 1;
    }

    private static bool TryNumberOrStar(ReadOnlySpan<byte> text, out long? number)
    {
        number = null;
        return text is [(byte)'*'] || TryNumber(text, out number);
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long? number)
    {
        number = null;
        if (text.IsEmpty || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !Utf8Parser.TryParse(text, out long value, out int used) || used != text.Length)
        {
            return false;
        }

        number = value;
        return true;
    }
}
