using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip;

/// <summary>Finds the parts of a URI (RFC 3261 19.1.1 and 25.1; RFC 3966 3 for tel; RFC 3986 for the rest).</summary>
internal static class SipUriParser
{
    public static bool TryParse(ReadOnlySpan<byte> text, out Parts parts)
    {
        parts = default;
        if (text.Length is 0 or > SipUri.MaxLength)
        {
            return false;
        }

        if (text.Length > 4 && text.StartsWith("sip:"u8))
        {
            parts.Scheme = SipUriScheme.Sip;
            parts.SchemeLength = 3;
        }
        else if (!TryReadScheme(text, ref parts))
        {
            return false;
        }

        return parts.Scheme is SipUriScheme.Sip or SipUriScheme.Sips ? TryParseSip(text, ref parts) : TryParseOther(text, ref parts);
    }

    private static bool TryReadScheme(ReadOnlySpan<byte> text, ref Parts parts)
    {
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)text[0]) || text[..colon].ContainsAnyExcept(SipSyntax.SchemeOctets))
        {
            return false;
        }

        var scheme = text[..colon];
        parts.SchemeLength = colon;
        parts.Scheme = SipSyntax.EqualsIgnoreCase(scheme, "sip"u8) ? SipUriScheme.Sip
            : SipSyntax.EqualsIgnoreCase(scheme, "sips"u8) ? SipUriScheme.Sips
            : SipSyntax.EqualsIgnoreCase(scheme, "tel"u8) ? SipUriScheme.Tel
            : SipUriScheme.Other;
        return true;
    }

    private static bool TryParseSip(ReadOnlySpan<byte> text, ref Parts parts)
    {
        if (!TryReadUserInfo(text, ref parts) || !TryReadHostPort(text, ref parts))
        {
            return false;
        }

        parts.HeadersStart = text.Length;
        if (parts.ParametersStart == text.Length)
        {
            return true;
        }

        var rest = text[parts.ParametersStart..];
        var question = rest.IndexOf((byte)'?');
        if (question >= 0)
        {
            parts.HeadersStart = parts.ParametersStart + question;
            if (!HeadersAreValid(rest[(question + 1)..]))
            {
                return false;
            }

            rest = rest[..question];
        }

        return ParametersAreValid(rest);
    }

    // "@" stands nowhere in a SIP URI but after the userinfo.
    private static bool TryReadUserInfo(ReadOnlySpan<byte> text, ref Parts parts)
    {
        var start = parts.SchemeLength + 1;
        var length = text[start..].IndexOf((byte)'@');
        parts.UserEnd = parts.UserInfoEnd = parts.HostStart = start;
        if (length < 0)
        {
            return true;
        }

        var userInfo = text.Slice(start, length);
        var colon = userInfo.IndexOf((byte)':');
        var user = colon < 0 ? userInfo : userInfo[..colon];
        parts.UserEnd = start + user.Length;
        parts.UserInfoEnd = start + length;
        parts.HostStart = parts.UserInfoEnd + 1;
        return !user.IsEmpty
            && !user.ContainsAnyExcept(SipSyntax.UserOctets)
            && (colon < 0 || !userInfo[(colon + 1)..].ContainsAnyExcept(SipSyntax.PasswordOctets))
            && SipSyntax.EscapesAreWhole(userInfo);
    }

    private static bool TryReadHostPort(ReadOnlySpan<byte> text, ref Parts parts)
    {
        var rest = text[parts.HostStart..];
        var length = SipHostPort.Read(rest, out var hostLength, out parts.Port);
        if (length < 0)
        {
            return false;
        }

        parts.HostEnd = parts.HostStart + hostLength;
        parts.ParametersStart = parts.HostStart + length;
        return length == rest.Length || rest[length] is (byte)';' or (byte)'?';
    }

    private static bool ParametersAreValid(ReadOnlySpan<byte> parameters)
    {
        while (!parameters.IsEmpty)
        {
            parameters = parameters[1..]; // the semicolon
            var length = parameters.IndexOf((byte)';');
            var parameter = length < 0 ? parameters : parameters[..length];
            var equals = parameter.IndexOf((byte)'=');
            var name = equals < 0 ? parameter : parameter[..equals];
            if (name.IsEmpty || name.ContainsAnyExcept(SipSyntax.UriParameterOctets)
                || (equals >= 0 && (equals == parameter.Length - 1 || parameter[(equals + 1)..].ContainsAnyExcept(SipSyntax.UriParameterOctets)))
                || !SipSyntax.EscapesAreWhole(parameter))
            {
                return false;
            }

            parameters = parameters[parameter.Length..];
        }

        return true;
    }

    private static bool HeadersAreValid(ReadOnlySpan<byte> headers)
    {
        foreach (var range in headers.Split((byte)'&'))
        {
            var header = headers[range];
            var equals = header.IndexOf((byte)'=');
            if (equals <= 0
                || header[..equals].ContainsAnyExcept(SipSyntax.UriHeaderOctets)
                || header[(equals + 1)..].ContainsAnyExcept(SipSyntax.UriHeaderOctets)
                || !SipSyntax.EscapesAreWhole(header))
            {
                return false;
            }
        }

        return true;
    }

    // A tel URI keeps its number in the place of the user and its parameters; any other scheme is opaque.
    private static bool TryParseOther(ReadOnlySpan<byte> text, ref Parts parts)
    {
        var start = parts.SchemeLength + 1;
        var opaque = text[start..];
        parts.Port = -1;
        parts.UserEnd = parts.UserInfoEnd = parts.HostStart = parts.HostEnd = parts.ParametersStart = parts.HeadersStart = text.Length;
        if (opaque.IsEmpty || opaque.ContainsAnyExcept(SipSyntax.OpaqueUriOctets) || !SipSyntax.EscapesAreWhole(opaque))
        {
            return false;
        }

        if (parts.Scheme != SipUriScheme.Tel)
        {
            return true;
        }

        var semicolon = opaque.IndexOf((byte)';');
        var numberLength = semicolon < 0 ? opaque.Length : semicolon;
        parts.UserEnd = parts.UserInfoEnd = parts.HostStart = parts.HostEnd = parts.ParametersStart = start + numberLength;
        return numberLength > 0 && ParametersAreValid(opaque[numberLength..]);
    }

    /// <summary>Offsets from the start of the URI.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal struct Parts
    {
        public SipUriScheme Scheme;
        public int SchemeLength;
        public int UserEnd;
        public int UserInfoEnd;
        public int HostStart;
        public int HostEnd;
        public int Port;
        public int ParametersStart;
        public int HeadersStart;
    }
}
