namespace PosteRestante.Protocols.Sip;

/// <summary>Finds the parts of a URI (RFC 3261 19.1.1 and 25.1; RFC 3966 3 for tel; RFC 3986 for the rest).</summary>
internal static class SipUriParser
{
    public static bool TryParse(ReadOnlySpan<byte> text, out SipUriParts parts)
    {
        parts = default;
        if (text.Length is 0 or > SipUri.MaxLength)
        {
            return false;
        }

        if (text.StartsWith("sip:"u8))
        {
            parts.Scheme = SipUriScheme.Sip;
            parts.SchemeLength = 3;
        }
        else if (!TryReadScheme(text, ref parts))
        {
            return false;
        }

        return parts.Scheme is SipUriScheme.Sip or SipUriScheme.Sips ? TryReadSip(text, ref parts) : TryReadOther(text, ref parts);
    }

    private static bool TryReadScheme(ReadOnlySpan<byte> text, ref SipUriParts parts)
    {
        var colon = SipOctets.Skip(text, 0, SipOctets.Scheme);
        if (colon == 0 || colon == text.Length || text[colon] != (byte)':' || !char.IsAsciiLetter((char)text[0]))
        {
            return false;
        }

        var scheme = text[..colon];
        parts.SchemeLength = (ushort)colon;
        parts.Scheme = SipSyntax.EqualsIgnoreCase(scheme, "sip"u8) ? SipUriScheme.Sip
            : SipSyntax.EqualsIgnoreCase(scheme, "sips"u8) ? SipUriScheme.Sips
            : SipSyntax.EqualsIgnoreCase(scheme, "tel"u8) ? SipUriScheme.Tel
            : SipUriScheme.Other;
        return true;
    }

    private static bool TryReadSip(ReadOnlySpan<byte> text, ref SipUriParts parts)
    {
        if (!TryReadUserInfo(text, ref parts))
        {
            return false;
        }

        var end = SipHostPort.Read(text, parts.HostStart, out var hostEnd, out parts.Port);
        if (end < 0)
        {
            return false;
        }

        parts.HostEnd = (ushort)hostEnd;
        parts.ParametersStart = (ushort)end;
        parts.HeadersStart = (ushort)text.Length;
        return end == text.Length || TryReadTail(text, ref parts);
    }

    // [ user [ ":" password ] "@" ]: an "@" stands nowhere else in a SIP URI.
    private static bool TryReadUserInfo(ReadOnlySpan<byte> text, ref SipUriParts parts)
    {
        var start = parts.SchemeLength + 1;
        var userEnd = SipOctets.SkipEscaped(text, start, SipOctets.User);
        var end = userEnd < text.Length && text[userEnd] == (byte)':'
            ? SipOctets.SkipEscaped(text, userEnd + 1, SipOctets.Password)
            : userEnd;
        if (end < text.Length && text[end] == (byte)'@')
        {
            parts.UserEnd = (ushort)userEnd;
            parts.UserInfoEnd = (ushort)end;
            parts.HostStart = (ushort)(end + 1);
            return userEnd > start;
        }

        parts.UserEnd = parts.UserInfoEnd = parts.HostStart = (ushort)start;
        return end == text.Length || !text[end..].Contains((byte)'@');
    }

    // uri-parameters [ headers ]
    private static bool TryReadTail(ReadOnlySpan<byte> text, ref SipUriParts parts)
    {
        var question = text[parts.ParametersStart..].IndexOf((byte)'?');
        if (question >= 0)
        {
            parts.HeadersStart = (ushort)(parts.ParametersStart + question);
        }

        return ParametersAreValid(text[..parts.HeadersStart], parts.ParametersStart)
            && (question < 0 || HeadersAreValid(text, parts.HeadersStart + 1));
    }

    private static bool ParametersAreValid(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length)
        {
            if (text[position] != (byte)';')
            {
                return false;
            }

            var nameEnd = SipOctets.SkipEscaped(text, position + 1, SipOctets.UriParameter);
            if (nameEnd == position + 1)
            {
                return false;
            }

            position = nameEnd;
            if (position < text.Length && text[position] == (byte)'=')
            {
                position = SipOctets.SkipEscaped(text, nameEnd + 1, SipOctets.UriParameter);
                if (position == nameEnd + 1)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // hname "=" hvalue *( "&" … ); a value may be empty
    private static bool HeadersAreValid(ReadOnlySpan<byte> text, int position)
    {
        while (true)
        {
            var nameEnd = SipOctets.SkipEscaped(text, position, SipOctets.UriHeader);
            if (nameEnd == position || nameEnd == text.Length || text[nameEnd] != (byte)'=')
            {
                return false;
            }

            position = SipOctets.SkipEscaped(text, nameEnd + 1, SipOctets.UriHeader);
            if (position == text.Length)
            {
                return true;
            }

            if (text[position] != (byte)'&')
            {
                return false;
            }

            position++;
        }
    }

    // A tel URI keeps its number in the place of the user, and its parameters; any other scheme is opaque.
    private static bool TryReadOther(ReadOnlySpan<byte> text, ref SipUriParts parts)
    {
        var start = parts.SchemeLength + 1;
        parts.Port = -1;
        parts.UserEnd = parts.UserInfoEnd = parts.HostStart = parts.HostEnd = parts.ParametersStart = parts.HeadersStart = (ushort)text.Length;
        if (start == text.Length || !OpaqueIsValid(text, start))
        {
            return false;
        }

        if (parts.Scheme != SipUriScheme.Tel)
        {
            return true;
        }

        var length = text[start..].IndexOf((byte)';');
        var end = length < 0 ? text.Length : start + length;
        parts.UserEnd = parts.UserInfoEnd = parts.HostStart = parts.HostEnd = parts.ParametersStart = (ushort)end;
        return end > start && ParametersAreValid(text, end);
    }

    // The octets of RFC 3986, escapes whole.
    private static bool OpaqueIsValid(ReadOnlySpan<byte> text, int position)
    {
        while (true)
        {
            position = SipOctets.SkipEscaped(text, position, SipOctets.User | SipOctets.UriParameter);
            if (position == text.Length)
            {
                return true;
            }

            if (text[position] is not ((byte)'@' or (byte)'#'))
            {
                return false;
            }

            position++;
        }
    }
}
