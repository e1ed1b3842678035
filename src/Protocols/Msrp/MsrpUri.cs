using System.Globalization;
using System.Text;

namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// An MSRP or MSRPS URI (RFC 4975 6): <c>msrp://host:port/session-id;tcp</c>. Equality is the match of 6.1: scheme,
/// host, port and transport without case, the session-id with case; user part and other parameters do not count.
/// <c>;ws</c> (RFC 7977) and unknown transports are kept.
/// </summary>
public sealed class MsrpUri : IEquatable<MsrpUri>
{
    /// <summary>The registered port, used when a URI names none (RFC 4975 15.4).</summary>
    public const int DefaultPort = 2855;

    private MsrpUri(string text, bool secure, string host, int? port, string? sessionId, string transport)
    {
        Text = text;
        IsSecure = secure;
        Host = host;
        Port = port;
        SessionId = sessionId;
        Transport = transport;
    }

    /// <summary>The URI as written.</summary>
    public string Text { get; }

    /// <summary>Whether the scheme is <c>msrps</c>.</summary>
    public bool IsSecure { get; }

    /// <summary>The host: a name, an IPv4 address, or an IPv6 address in brackets.</summary>
    public string Host { get; }

    /// <summary>The port, if written.</summary>
    public int? Port { get; }

    /// <summary>The session-id; null in a URI that names a relay only.</summary>
    public string? SessionId { get; }

    /// <summary>The transport parameter, such as <c>tcp</c> or <c>ws</c>.</summary>
    public string Transport { get; }

    /// <summary>Makes the URI of a session at this end.</summary>
    /// <param name="host">A name or an address; an IPv6 address may come without brackets.</param>
    /// <param name="port">1…65535.</param>
    /// <param name="sessionId">At least 80 random bits (RFC 4975 14.1), in characters that a URI path may hold.</param>
    /// <param name="secure">Whether the scheme is <c>msrps</c>.</param>
    /// <exception cref="ArgumentException">The parts do not make an MSRP URI.</exception>
    public static MsrpUri Create(string host, int port, string sessionId, bool secure = false)
    {
        string bracketed = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{(secure ? "msrps" : "msrp")}://{bracketed}:{port}/{sessionId};tcp");
        return TryParse(text, out MsrpUri? uri)
            ? uri
            : throw new ArgumentException($"'{text}' is no MSRP URI.", nameof(host));
    }

    /// <summary>Reads a URI.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MsrpUri? uri)
    {
        uri = null;
        return Ascii.IsValid(text) && TryParse(Encoding.ASCII.GetString(text), out uri);
    }

    /// <summary>Reads a URI.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MsrpUri? uri)
    {
        uri = null;
        if (!TryScheme(text, out bool secure, out ReadOnlySpan<char> rest))
        {
            return false;
        }

        int transportAt = rest.IndexOf(';');
        if (transportAt < 0)
        {
            return false;
        }

        ReadOnlySpan<char> parameters = rest[(transportAt + 1)..];
        int nextParameter = parameters.IndexOf(';');
        ReadOnlySpan<char> transport = nextParameter < 0 ? parameters : parameters[..nextParameter];
        ReadOnlySpan<char> hierarchy = rest[..transportAt];
        int slash = hierarchy.IndexOf('/');
        ReadOnlySpan<char> authority = slash < 0 ? hierarchy : hierarchy[..slash];
        ReadOnlySpan<char> session = slash < 0 ? default : hierarchy[(slash + 1)..];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        if (!IsUriText(text) || !IsTransport(transport) || (slash >= 0 && session.IsEmpty) || session.Contains('/')
            || !TryAuthority(authority, out ReadOnlySpan<char> host, out int? port))
        {
            return false;
        }

        uri = new MsrpUri(
            text, secure, host.ToString(), port, slash < 0 ? null : session.ToString(), transport.ToString());
        return true;
    }

    /// <summary>The match of RFC 4975 6.1.</summary>
    public bool Equals(MsrpUri? other) =>
        other is not null
        && IsSecure == other.IsSecure
        && Port == other.Port
        && string.Equals(SessionId, other.SessionId, StringComparison.Ordinal)
        && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Transport, other.Transport, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MsrpUri);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        SessionId, Port, StringComparer.OrdinalIgnoreCase.GetHashCode(Host));

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool TryScheme(string text, out bool secure, out ReadOnlySpan<char> rest)
    {
        secure = text.StartsWith("msrps://", StringComparison.OrdinalIgnoreCase);
        bool known = secure || text.StartsWith("msrp://", StringComparison.OrdinalIgnoreCase);
        rest = known ? text.AsSpan(secure ? 8 : 7) : default;
        return known;
    }

    private static bool IsUriText(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is <= ' ' or > '~' or '<' or '>' or '"' or '\\' or '`' or '{' or '}' or '|' or '^')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTransport(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool TryAuthority(ReadOnlySpan<char> authority, out ReadOnlySpan<char> host, out int? port)
    {
        port = null;
        int hostEnd = authority.StartsWith("[") ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        host = hostEnd <= 0 ? authority : authority[..hostEnd];
        if (host.IsEmpty || host is "[]" || (host[0] == '[' && host[^1] != ']') || authority.StartsWith(":"))
        {
            return false;
        }

        ReadOnlySpan<char> rest = authority[host.Length..];
        if (rest.IsEmpty)
        {
            return IsHost(host);
        }

        if (rest[0] != ':'
            || !int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number is < 1 or > 65535)
        {
            return false;
        }

        port = number;
        return IsHost(host);
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        bool address = host[0] == '[';
        foreach (char c in address ? host[1..^1] : host)
        {
            bool allowed = address
                ? char.IsAsciiHexDigit(c) || c is ':' or '.' or '%'
                : char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }
}
