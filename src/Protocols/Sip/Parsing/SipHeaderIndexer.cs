using System.Numerics;
using System.Runtime.Intrinsics;

namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>Finds name and value of each header field (RFC 3261 7.3.1).</summary>
internal static class SipHeaderIndexer
{
    /// <summary>
    /// Reads plain fields from <paramref name="position"/> on, as many as there are in a row and room is for: a name, a colon, a
    /// value, CRLF, and no line that continues it. Nearly all fields are plain. Returns their number;
    /// <paramref name="position"/> moves behind them.
    /// </summary>
    public static int ReadPlain(ReadOnlySpan<byte> octets, ref int position, int maxLine, Span<SipHeaderEntry> entries)
    {
        var start = position;
        var count = 0;
        while (count < entries.Length)
        {
            var length = ReadPlain(octets[start..], maxLine, ref entries[count]);
            if (length < 0)
            {
                break;
            }

            entries[count].Start = start;
            start += length;
            count++;
        }

        position = start;
        return count;
    }

    /// <summary>
    /// Reads any field: white space may stand before the colon, and <paramref name="line"/> may be folded.
    /// False when there is no colon or no name.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> line, int start, int next, ref SipHeaderEntry entry)
    {
        var nameLength = SipSyntax.TokenLength(line);
        var colon = nameLength;
        while (colon < line.Length && IsBlank(line[colon]))
        {
            colon++;
        }

        if (nameLength == 0 || colon == line.Length || line[colon] != (byte)':')
        {
            return false;
        }

        var valueStart = SipSyntax.SkipWhitespace(line, colon + 1);
        entry.Start = start;
        entry.NameLength = (ushort)nameLength;
        entry.ValueOffset = (ushort)valueStart;
        entry.ValueLength = (ushort)SipSyntax.Trim(line[valueStart..]).Length;
        entry.LineLength = (ushort)(next - start);
        entry.Name = SipHeaderNames.Find(line[..nameLength]);
        return true;
    }

    // Most lines end in the first 32 octets, which are looked at as one vector. Returns the length of the line, or -1 when it is
    // not plain or too near the end.
    private static int ReadPlain(ReadOnlySpan<byte> octets, int maxLine, ref SipHeaderEntry entry)
    {
        if (!Vector256.IsHardwareAccelerated || octets.Length <= Vector256<byte>.Count)
        {
            return -1;
        }

        var head = Vector256.Create(octets);
        var colon = BitOperations.TrailingZeroCount(Vector256.Equals(head, Vector256.Create((byte)':')).ExtractMostSignificantBits());
        var lineEnds = LineEnds(head);
        var end = BitOperations.TrailingZeroCount(lineEnds);
        if (colon >= end || colon == 0)
        {
            return -1; // no colon in these 32 octets, or none in this line, or no name
        }

        var name = SipHeaderNames.Find(head, colon, octets[0], octets[colon - 1]);
        if (name == SipHeaderName.Unknown && !SipSyntax.IsToken(octets[..colon]))
        {
            return -1;
        }

        if (lineEnds == 0)
        {
            end = FindLineEnd(octets, Vector256<byte>.Count);
        }

        if (end > maxLine || (uint)(end + 2) >= (uint)octets.Length
            || octets[end] != (byte)'\r' || octets[end + 1] != (byte)'\n' || IsBlank(octets[end + 2]))
        {
            return -1;
        }

        var valueStart = colon + 1;
        while (valueStart < end && IsBlank(octets[valueStart]))
        {
            valueStart++;
        }

        var valueEnd = end;
        while (valueEnd > valueStart && IsBlank(octets[valueEnd - 1]))
        {
            valueEnd--;
        }

        entry.NameLength = (ushort)colon;
        entry.ValueOffset = (ushort)valueStart;
        entry.ValueLength = (ushort)(valueEnd - valueStart);
        entry.LineLength = (ushort)(end + 2);
        entry.Name = name;
        return end + 2;
    }

    // Each bit an octet that is CR or LF.
    private static uint LineEnds(Vector256<byte> octets) =>
        (Vector256.Equals(octets, Vector256.Create((byte)'\r')) | Vector256.Equals(octets, Vector256.Create((byte)'\n')))
        .ExtractMostSignificantBits();

    private static int FindLineEnd(ReadOnlySpan<byte> octets, int position)
    {
        while (octets.Length - position >= Vector256<byte>.Count)
        {
            var lineEnds = LineEnds(Vector256.Create(octets[position..]));
            if (lineEnds != 0)
            {
                return position + BitOperations.TrailingZeroCount(lineEnds);
            }

            position += Vector256<byte>.Count;
        }

        var length = octets[position..].IndexOfAny((byte)'\r', (byte)'\n');
        return length < 0 ? octets.Length : position + length;
    }

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t';
}
