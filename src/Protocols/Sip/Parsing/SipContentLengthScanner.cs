namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>Finds Content-Length in a head, without reading anything else of it.</summary>
internal static class SipContentLengthScanner
{
    /// <summary>Scans the lines of <paramref name="head"/>, which ends in an empty line.</summary>
    public static SipParseError Scan(ReadOnlySpan<byte> head, out int length)
    {
        length = -1;
        var cursor = new Cursor(head, SipParseError.None);
        _ = cursor.ReadLine(); // the start line
        while (!cursor.IsLost)
        {
            var line = cursor.ReadFoldedLine();
            if (line.IsEmpty)
            {
                break;
            }

            if (!IsContentLength(line, out var value))
            {
                continue;
            }

            if (length >= 0)
            {
                return SipParseError.RepeatedHeader; // two lengths: two elements could cut the stream differently
            }

            if (!SipSyntax.TryReadNumber(value, int.MaxValue, out var number))
            {
                return SipParseError.BadContentLength;
            }

            length = (int)number;
        }

        return cursor.Error != SipParseError.None ? cursor.Error
            : length < 0 ? SipParseError.MissingContentLength
            : SipParseError.None;
    }

    private static bool IsContentLength(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value)
    {
        value = default;
        if ((line[0] | 0x20) is not ('c' or 'l'))
        {
            return false;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || SipHeaderNames.Find(SipSyntax.Trim(line[..colon])) != SipHeaderName.ContentLength)
        {
            return false;
        }

        value = SipSyntax.Trim(line[(colon + 1)..]);
        return true;
    }
}
