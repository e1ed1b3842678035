using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip;

/// <summary>
/// A URI as it stands in a SIP message: its octets and where its parts lie. Two URIs are equal by RFC 3261 19.1.4 (sip, sips),
/// by RFC 3966 5 (tel), else when scheme (without case) and the rest (with case) are the same.
/// </summary>
/// <remarks>
/// Parts are raw, escapes included; <see cref="Unescape"/> decodes one. The slices refer to the octets the URI was read from.
/// Usage: <c>SipUri.TryParse(text, out var uri)</c>, <c>SipUri.Parse("sip:bob@example.net")</c>,
/// <c>SipUri.Create(SipUriScheme.Sip, "bob", "example.net")</c>.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipUri : IEquatable<SipUri>
{
    /// <summary>The longest URI there is: its parts are told in 16 bits. <see cref="Parsing.SipParserOptions.MaxUriBytes"/> is lower.</summary>
    public const int MaxLength = ushort.MaxValue;

    private readonly SipUriParts _parts;

    internal SipUri(SipText text, in SipUriParts parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The URI as it came.</summary>
    public SipText Text { get; }

    /// <summary>The scheme.</summary>
    public SipUriScheme Scheme => _parts.Scheme;

    /// <summary>The port as written, or -1 when there is none. An absent port is not 5060 (RFC 3261 19.1.4).</summary>
    public int Port => IsDefault ? -1 : _parts.Port;

    /// <summary>Whether this is <c>default</c>, which is no URI.</summary>
    public bool IsDefault => _parts.Scheme == SipUriScheme.None;

    /// <summary>Whether the scheme is sip or sips: only then there are host, port and headers.</summary>
    public bool IsSip => _parts.Scheme is SipUriScheme.Sip or SipUriScheme.Sips;

    /// <summary>The scheme as it came, without the colon.</summary>
    public SipText SchemeText => Text.Part(0, _parts.SchemeLength);

    /// <summary>What follows the scheme and its colon.</summary>
    public SipText Opaque => IsDefault ? default : Text.Slice(_parts.SchemeLength + 1);

    /// <summary>Whether there is a userinfo part.</summary>
    public bool HasUser => _parts.UserInfoEnd > _parts.SchemeLength + 1;

    /// <summary>The user (for tel: the number), raw; empty when there is none. Compared with case.</summary>
    public SipText User
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsDefault ? default : Text.Part(_parts.SchemeLength + 1, _parts.UserEnd - _parts.SchemeLength - 1);
    }

    /// <summary>The password, raw; empty when there is none.</summary>
    public SipText Password =>
        _parts.UserInfoEnd > _parts.UserEnd ? Text.Part(_parts.UserEnd + 1, _parts.UserInfoEnd - _parts.UserEnd - 1) : default;

    /// <summary>The host, an IPv6 address with its brackets. Compared without case.</summary>
    public SipText Host
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Text.Part(_parts.HostStart, _parts.HostEnd - _parts.HostStart);
    }

    /// <summary>The URI parameters.</summary>
    public Headers.SipParameters Parameters => new(Text.Part(_parts.ParametersStart, _parts.HeadersStart - _parts.ParametersStart));

    /// <summary>Whether there is a header part, empty or not.</summary>
    public bool HasHeaders => _parts.HeadersStart < Text.Length;

    /// <summary>The headers (<c>subject=x&amp;priority=y</c>), raw, without the question mark; empty when there are none.</summary>
    public SipText HeadersText => HasHeaders ? Text.Slice(_parts.HeadersStart + 1) : default;

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
        var bracketed = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return Parse(port < 0 ? name + at + bracketed : $"{name}{at}{bracketed}:{port}");
    }

    /// <summary>Decodes the escapes of a part of a URI.</summary>
    public static string Unescape(SipText part) => SipUriEscapes.Unescape(part.Span);

    /// <summary>A copy with octets of its own.</summary>
    public SipUri ToOwned() => new(Text.ToOwned(), _parts);

    /// <inheritdoc/>
    public bool Equals(SipUri other) => SipUriComparison.Equal(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SipUri other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => SipUriComparison.Hash(this);

    /// <inheritdoc/>
    public override string ToString() => Text.ToString();
}
