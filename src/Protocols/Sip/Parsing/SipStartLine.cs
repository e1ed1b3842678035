namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>Request-Line and Status-Line (RFC 3261 7.1, 7.2). Between their parts stands one space, no more.</summary>
internal static class SipStartLine
{
    public static void Read(SipMessage message, ReadOnlySpan<byte> line, int start, int maxUri, ref Cursor cursor)
    {
        if (line.StartsWith("SIP/"u8) || (line.Length > 4 && SipSyntax.EqualsIgnoreCase(line[..4], "SIP/"u8)))
        {
            ReadStatusLine(message, line, start, ref cursor);
        }
        else
        {
            ReadRequestLine(message, line, start, maxUri, ref cursor);
        }
    }

    private static void ReadRequestLine(SipMessage message, ReadOnlySpan<byte> line, int start, int maxUri, ref Cursor cursor)
    {
        var methodLength = line.IndexOf((byte)' ');
        if (methodLength <= 0 || !SipMethod.TryParse(line[..methodLength], out var method))
        {
            cursor.Fail(SipParseError.BadStartLine, start);
            return;
        }

        message.SetRequestLine(method);
        var uriStart = methodLength + 1;
        var uriEnd = line.LastIndexOf((byte)' ');
        if (uriEnd < uriStart)
        {
            cursor.Fail(SipParseError.BadStartLine, start + methodLength);
            return;
        }

        ReadVersion(line[(uriEnd + 1)..], start + uriEnd + 1, ref cursor);
        if (uriEnd - uriStart > maxUri)
        {
            cursor.Fail(SipParseError.RequestUriTooLong, start + uriStart);
        }
        else if (SipUriParser.TryParse(line[uriStart..uriEnd], out var uri) && uri.HeadersStart == uriEnd - uriStart)
        {
            // RFC 3261 19.1.1, table 1: a Request-URI has no header part.
            message.SetRequestUri(start + uriStart, uriEnd - uriStart, uri);
        }
        else
        {
            cursor.Fail(SipParseError.BadRequestUri, start + uriStart);
        }
    }

    private static void ReadStatusLine(SipMessage message, ReadOnlySpan<byte> line, int start, ref Cursor cursor)
    {
        var versionLength = line.IndexOf((byte)' ');
        if (versionLength < 0)
        {
            cursor.Fail(SipParseError.BadStartLine, start);
            return;
        }

        ReadVersion(line[..versionLength], start, ref cursor);

        // Status-Code SP Reason-Phrase: the space stands also before an empty phrase, but is often left out.
        var rest = line[(versionLength + 1)..];
        if (rest.Length < 3 || (rest.Length > 3 && rest[3] != (byte)' ')
            || !SipSyntax.TryReadNumber(rest[..3], 699, out var code) || code < 100)
        {
            cursor.Fail(SipParseError.BadStatusCode, start + versionLength + 1);
            return;
        }

        message.SetStatusLine((int)code, start + versionLength + 5, Math.Max(rest.Length - 4, 0));
    }

    private static void ReadVersion(ReadOnlySpan<byte> version, int offset, ref Cursor cursor)
    {
        if (!version.SequenceEqual("SIP/2.0"u8) && !SipSyntax.EqualsIgnoreCase(version, "SIP/2.0"u8))
        {
            cursor.Fail(IsWellFormed(version) ? SipParseError.UnsupportedVersion : SipParseError.BadStartLine, offset);
        }
    }

    // "SIP" "/" 1*DIGIT "." 1*DIGIT
    private static bool IsWellFormed(ReadOnlySpan<byte> version)
    {
        if (version.Length < 7 || !SipSyntax.EqualsIgnoreCase(version[..4], "SIP/"u8))
        {
            return false;
        }

        var numbers = version[4..];
        var dot = numbers.IndexOf((byte)'.');
        return dot > 0 && dot < numbers.Length - 1
            && !numbers[..dot].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !numbers[(dot + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
