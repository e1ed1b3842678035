using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip;

/// <summary>When two URIs are the same: RFC 3261 19.1.4, and RFC 3966 5 for tel.</summary>
internal static class SipUriComparison
{
    public static bool Equal(in SipUri left, in SipUri right)
    {
        if (left.Scheme != right.Scheme)
        {
            return false;
        }

        if (left.Text == right.Text)
        {
            return true; // the usual case; and what repeats a parameter equals itself too
        }

        return left.Scheme switch
        {
            SipUriScheme.None => true,
            SipUriScheme.Sip or SipUriScheme.Sips => SipEqual(left, right),
            SipUriScheme.Tel => NumbersEqual(left.User, right.User) && EachIn(left.Parameters, right.Parameters) && EachIn(right.Parameters, left.Parameters),
            _ => left.SchemeText.IsIgnoreCase(right.SchemeText) && left.Opaque == right.Opaque,
        };
    }

    public static int Hash(in SipUri uri)
    {
        var hash = default(HashCode);
        hash.Add(uri.Scheme);
        switch (uri.Scheme)
        {
            case SipUriScheme.Sip or SipUriScheme.Sips:
                AddEscaped(ref hash, uri.User, foldCase: false);
                AddEscaped(ref hash, uri.Host, foldCase: true);
                hash.Add(uri.Port);
                break;
            case SipUriScheme.Tel:
                AddNumber(ref hash, uri.User);
                break;
            case SipUriScheme.Other:
                hash.AddBytes(uri.Opaque.Span);
                break;
        }

        return hash.ToHashCode();
    }

    private static bool SipEqual(in SipUri left, in SipUri right) =>
        left.HasUser == right.HasUser
        && left.Port == right.Port
        && left.Host.IsIgnoreCase(right.Host)
        && EscapedEqual(left.User, right.User, foldCase: false)
        && left.Password.IsEmpty == right.Password.IsEmpty
        && EscapedEqual(left.Password, right.Password, foldCase: false)
        && ParametersAgree(left.Parameters, right.Parameters)
        && ParametersAgree(right.Parameters, left.Parameters)
        && HeadersIn(left.HeadersText, right.HeadersText)
        && HeadersIn(right.HeadersText, left.HeadersText);

    // A parameter in both must agree; of those in one only, these make the difference and the others are passed over.
    private static bool ParametersAgree(SipParameters parameters, SipParameters others)
    {
        foreach (var parameter in parameters)
        {
            if (TryFind(others, parameter.Name, out var other) ? !EscapedEqual(parameter.Value, other, foldCase: true) : IsDecisive(parameter.Name))
            {
                return false;
            }
        }

        return true;
    }

    // "transport" is not in the rule's list but in its examples (sip:bob@biloxi.com against ;transport=udp).
    private static bool IsDecisive(SipText name) =>
        EscapedEqual(name, "user"u8, foldCase: true) || EscapedEqual(name, "ttl"u8, foldCase: true)
        || EscapedEqual(name, "method"u8, foldCase: true) || EscapedEqual(name, "maddr"u8, foldCase: true)
        || EscapedEqual(name, "transport"u8, foldCase: true);

    // Names may be escaped too.
    private static bool TryFind(SipParameters parameters, SipText name, out SipText value)
    {
        foreach (var parameter in parameters)
        {
            if (EscapedEqual(parameter.Name, name, foldCase: true))
            {
                value = parameter.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static bool EachIn(SipParameters parameters, SipParameters others)
    {
        foreach (var parameter in parameters)
        {
            if (!TryFind(others, parameter.Name, out var other) || !EscapedEqual(parameter.Value, other, foldCase: true))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HeadersIn(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> others)
    {
        if (headers.IsEmpty)
        {
            return true;
        }

        foreach (var range in headers.Split((byte)'&'))
        {
            if (!HeaderIn(headers[range], others))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HeaderIn(ReadOnlySpan<byte> header, ReadOnlySpan<byte> others)
    {
        var equals = header.IndexOf((byte)'=');
        foreach (var range in others.Split((byte)'&'))
        {
            var other = others[range];
            var otherEquals = other.IndexOf((byte)'=');
            if (otherEquals >= 0
                && EscapedEqual(header[..equals], other[..otherEquals], foldCase: true)
                && EscapedEqual(header[(equals + 1)..], other[(otherEquals + 1)..], foldCase: false))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EscapedEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool foldCase)
    {
        if (left.SequenceEqual(right))
        {
            return true;
        }

        var i = 0;
        var j = 0;
        while (i < left.Length && j < right.Length)
        {
            if (ReadCharacter(left, ref i, foldCase) != ReadCharacter(right, ref j, foldCase))
            {
                return false;
            }
        }

        return i == left.Length && j == right.Length;
    }

    // An escape equals its octet unless that octet is reserved (RFC 3261 19.1.4).
    private static int ReadCharacter(ReadOnlySpan<byte> text, ref int position, bool foldCase)
    {
        var octet = SipUriEscapes.ReadOctet(text, ref position, out var wasEscaped);
        if (wasEscaped && ";/?:@&=+$,"u8.Contains(octet))
        {
            return octet | 0x100;
        }

        return foldCase && char.IsAsciiLetterUpper((char)octet) ? octet | 0x20 : octet;
    }

    private static bool NumbersEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var i = 0;
        var j = 0;
        int digit;
        do
        {
            digit = NextDigit(left, ref i);
            if (digit != NextDigit(right, ref j))
            {
                return false;
            }
        }
        while (digit >= 0);

        return true;
    }

    // Visual separators do not count (RFC 3966 5.1.1); -1 at the end.
    private static int NextDigit(ReadOnlySpan<byte> number, ref int position)
    {
        while (position < number.Length)
        {
            var octet = number[position++];
            if (!"-.()"u8.Contains(octet))
            {
                return char.IsAsciiLetterUpper((char)octet) ? octet | 0x20 : octet;
            }
        }

        return -1;
    }

    private static void AddNumber(ref HashCode hash, ReadOnlySpan<byte> number)
    {
        var position = 0;
        for (var digit = NextDigit(number, ref position); digit >= 0; digit = NextDigit(number, ref position))
        {
            hash.Add(digit);
        }
    }

    private static void AddEscaped(ref HashCode hash, ReadOnlySpan<byte> text, bool foldCase)
    {
        for (var position = 0; position < text.Length;)
        {
            hash.Add(ReadCharacter(text, ref position, foldCase));
        }
    }
}
