namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>Finds the parts of <c>( name-addr / addr-spec ) *( SEMI param )</c> (RFC 3261 20.10, 25.1).</summary>
internal static class SipNameAddressParser
{
    /// <summary>Reads the first value of a list; <paramref name="end"/> is its comma, or the end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SipNameAddressParts parts, out int end)
    {
        parts = default;
        end = 0;
        if (text.Length > ushort.MaxValue)
        {
            return false;
        }

        var start = SipSyntax.SkipWhitespace(text, 0);
        var displayEnd = DisplayNameEnd(text, start);
        if (displayEnd < 0)
        {
            return false;
        }

        var bracket = SipSyntax.SkipWhitespace(text, displayEnd);
        return bracket < text.Length && text[bracket] == (byte)'<'
            ? TryReadBracketed(text, start, displayEnd, bracket + 1, ref parts, out end)
            : TryReadBare(text, start, ref parts, out end);
    }

    // A quoted string, or tokens and white space up to the bracket; -1 when the quotes never end. Octets above ASCII are let
    // through: they are seen in unquoted names and cannot be taken for anything else.
    private static int DisplayNameEnd(ReadOnlySpan<byte> text, int start)
    {
        if (start == text.Length || text[start] == (byte)'<')
        {
            return start;
        }

        if (text[start] == (byte)'"')
        {
            var length = SipSyntax.QuotedLength(text[start..]);
            return length < 0 ? -1 : start + length;
        }

        var end = start;
        while (end < text.Length && (SipOctets.Is(text[end], SipOctets.Token) || SipSyntax.IsWhitespace(text[end]) || text[end] >= 0x80))
        {
            end++;
        }

        return end;
    }

    private static bool TryReadBracketed(ReadOnlySpan<byte> text, int displayStart, int displayEnd, int start, ref SipNameAddressParts parts, out int end)
    {
        end = 0;
        while (displayEnd > displayStart && SipSyntax.IsWhitespace(text[displayEnd - 1]))
        {
            displayEnd--;
        }

        var length = text[start..].IndexOf((byte)'>');
        if (length < 0)
        {
            return false;
        }

        parts.DisplayStart = (ushort)displayStart;
        parts.DisplayLength = (ushort)(displayEnd - displayStart);
        parts.UriStart = (ushort)start;
        parts.UriLength = (ushort)length;
        return SipUriParser.TryParse(text.Slice(start, length), out parts.Uri)
            && TryReadParameters(text, start + length + 1, ref parts, out end);
    }

    private static bool TryReadBare(ReadOnlySpan<byte> text, int start, ref SipNameAddressParts parts, out int end)
    {
        end = 0;
        var length = text[start..].IndexOfAny(SipSyntax.ValueEnd);
        length = length < 0 ? text.Length - start : length;
        var uri = text.Slice(start, length);
        parts.UriStart = (ushort)start;
        parts.UriLength = (ushort)length;

        // RFC 3261 20.10: a URI with a comma, a question mark or a semicolon must stand in angle brackets.
        return SipUriParser.TryParse(uri, out parts.Uri)
            && !uri.Contains((byte)'?')
            && TryReadParameters(text, start + length, ref parts, out end);
    }

    private static bool TryReadParameters(ReadOnlySpan<byte> text, int start, ref SipNameAddressParts parts, out int end)
    {
        end = 0;
        parts.ParametersStart = (ushort)start;
        var reader = new SipParameterReader(text, start, SipOctets.Token);
        while (reader.Read())
        {
            if (reader.NameLength == 3 && parts.TagLength == 0 && SipSyntax.EqualsIgnoreCase(reader.Name, "tag"u8))
            {
                parts.TagStart = (ushort)reader.ValueStart;
                parts.TagLength = (ushort)reader.ValueLength;
            }
        }

        end = reader.Position;
        return !reader.IsMalformed;
    }
}
