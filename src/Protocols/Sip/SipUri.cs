using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip;

/// <summary>
/// A URI as it stands in a SIP message: its octets and where its parts lie. Two URIs are equal by RFC 3261 19.1.4 (sip, sips),
/// by RFC 3966 5 (tel), else when scheme (without case) and the rest (with case) are the same.
/// </summary>
/// <remarks>
/// Parts are raw, escapes included; <see cref="Unescape"/> decodes one. The slices refer to the octets the URI was read from.
/// Usage: <c>SipUri.TryParse(message.RequestUriText, out var uri)</c>, <c>SipUri.Parse("sip:bob@example.net")</c>,
/// <c>SipUri.Create(SipUriScheme.Sip, "bob", "example.net")</c>.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipUri : IEquatable<SipUri>
{
    /// <summary>The longest URI there is: its parts are told in 16 bits. <see cref="Parsing.SipParserOptions.MaxUriBytes"/> is lower.</summary>
    public const int MaxLength = ushort.MaxValue;

    private readonly ushort _schemeLength;
    private readonly ushort _userEnd; // where the user ends; the start when there is none
    private readonly ushort _userInfoEnd; // where "user:password" ends
    private readonly ushort _hostStart;
    private readonly ushort _hostEnd;
    private readonly ushort _parametersStart;
    private readonly ushort _headersStart;

    internal SipUri(SipText text, in SipUriParser.Parts parts)
    {
        Text = text;
        Scheme = parts.Scheme;
        Port = parts.Port;
        _schemeLength = (ushort)parts.SchemeLength;
        _userEnd = (ushort)parts.UserEnd;
        _userInfoEnd = (ushort)parts.UserInfoEnd;
        _hostStart = (ushort)parts.HostStart;
        _hostEnd = (ushort)parts.HostEnd;
        _parametersStart = (ushort)parts.ParametersStart;
        _headersStart = (ushort)parts.HeadersStart;
    }

    /// <summary>The URI as it came.</summary>
    public SipText Text { get; }

    /// <summary>The scheme.</summary>
    public SipUriScheme Scheme { get; }

    /// <summary>The port as written, or -1 when there is none. An absent port is not 5060 (RFC 3261 19.1.4).</summary>
    public int Port { get; }

    /// <summary>Whether this is <c>default</c>, which is no URI.</summary>
    public bool IsDefault => Scheme == SipUriScheme.None;

    /// <summary>Whether the scheme is sip or sips: only then there are host, port, parameters and headers.</summary>
    public bool IsSip => Scheme is SipUriScheme.Sip or SipUriScheme.Sips;

    /// <summary>The scheme as it came, without the colon.</summary>
    public SipText SchemeText => Text.Slice(0, _schemeLength);

    /// <summary>What follows the scheme and its colon.</summary>
    public SipText Opaque => IsDefault ? default : Text.Slice(_schemeLength + 1);

    /// <summary>Whether there is a userinfo part.</summary>
    public bool HasUser => _userInfoEnd > _schemeLength + 1;

    /// <summary>The user (for tel: the number), raw; empty when there is none. Compared with case.</summary>
    public SipText User => IsDefault ? default : Text.Slice(_schemeLength + 1, _userEnd - _schemeLength - 1);

    /// <summary>The password, raw; empty when there is none.</summary>
    public SipText Password => _userInfoEnd > _userEnd ? Text.Slice(_userEnd + 1, _userInfoEnd - _userEnd - 1) : default;

    /// <summary>The host, an IPv6 address with its brackets. Compared without case.</summary>
    public SipText Host => Text.Slice(_hostStart, _hostEnd - _hostStart);

    /// <summary>The URI parameters.</summary>
    public Headers.SipParameters Parameters => new(Text.Slice(_parametersStart, _headersStart - _parametersStart));

    /// <summary>The headers (<c>subject=x&amp;priority=y</c>), raw, without the question mark; empty when there are none.</summary>
    public SipText HeadersText => _headersStart < Text.Length ? Text.Slice(_headersStart + 1) : default;

    /// <summary>RFC 3261 19.1.4.</summary>
    public static bool operator ==(SipUri left, SipUri right) => left.Equals(right);

    /// <summary>RFC 3261 19.1.4.</summary>
    public static bool operator !=(SipUri left, SipUri right) => !left.Equals(right);

    /// <summary>Reads a URI that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipUri uri)
    {
        if (SipUriParser.TryParse(text.Span, out var parts))
        {
            uri = new SipUri(text, parts);
            return true;
        }

        uri = default;
        return false;
    }

    /// <summary>Reads a URI from a string; false when it is malformed.</summary>
    public static bool TryParse(string text, out SipUri uri) => TryParse(SipText.From(text), out uri);

    /// <summary>Reads a URI of ours: a constant or a validated setting.</summary>
    /// <exception cref="FormatException">The text is no URI.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a SIP URI (RFC 3261 19.1.1).");

    /// <summary>Makes <c>scheme:user@host:port</c>; the user is escaped as needed, IPv6 hosts get their brackets.</summary>
    /// <exception cref="FormatException">The host is none.</exception>
    public static SipUri Create(SipUriScheme scheme, string? user, string host, int port = -1)
    {
        var name = scheme == SipUriScheme.Sips ? "sips:" : "sip:";
        var at = string.IsNullOrEmpty(user) ? string.Empty : SipUriEscapes.EscapeUser(user) + "@";
        var bracketed = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        return Parse(port < 0 ? name + at + bracketed : $"{name}{at}{bracketed}:{port}");
    }

    /// <summary>Decodes the escapes of a part of a URI.</summary>
    public static string Unescape(SipText part) => SipUriEscapes.Unescape(part.Span);

    /// <summary>A copy with octets of its own.</summary>
    public SipUri ToOwned()
    {
        _ = TryParse(Text.ToOwned(), out var copy); // what was a URI once is one in its copy
        return copy;
    }

    /// <inheritdoc/>
    public bool Equals(SipUri other) => SipUriComparison.Equal(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SipUri other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SipUriComparison.Hash(this);

    /// <inheritdoc/>
    public override string ToString() => Text.ToString();
}
