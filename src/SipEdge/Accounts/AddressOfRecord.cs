using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Accounts;

/// <summary>
/// The normal form of an address, under which accounts are found: <c>sip:user@host</c> with the user unescaped and as
/// written (it has case, RFC 3261 19.1.4), the host in lower case, no parameters, no headers and no port that the scheme
/// implies. <c>sips:</c> names the same user as <c>sip:</c>; a <c>tel:</c> number loses its visual separators (RFC 3966 5).
/// </summary>
public static class AddressOfRecord
{
    private const int SipPort = 5060;
    private const int SipsPort = 5061;

    /// <summary>The normal form; empty when the URI names no user.</summary>
    public static string Of(in SipUri uri) => uri.Scheme switch
    {
        SipUriScheme.Sip or SipUriScheme.Sips => uri.User.IsEmpty ? string.Empty : OfSip(uri),
        SipUriScheme.Tel => "tel:" + string.Concat(uri.User.ToString().Where(c => c is not ('-' or '.' or '(' or ')'))),
        _ => string.Empty,
    };

    /// <summary>The normal form of a configured address.</summary>
    public static bool TryParse(string text, out string aor)
    {
        aor = SipUri.TryParse(text, out var uri) ? Of(uri) : string.Empty;
        return aor.Length > 0;
    }

    /// <summary>The domain of a <c>sip:</c> address in normal form; empty for any other.</summary>
    public static ReadOnlySpan<char> DomainOf(string aor)
    {
        ArgumentNullException.ThrowIfNull(aor);
        var at = aor.LastIndexOf('@');
        return at < 0 ? [] : aor.AsSpan(at + 1);
    }

    private static string OfSip(in SipUri uri)
    {
        var host = uri.Host.ToString().ToLowerInvariant();
        var implied = uri.Scheme == SipUriScheme.Sips ? SipsPort : SipPort;
        var port = uri.Port < 0 || uri.Port == implied ? string.Empty : $":{uri.Port}";
        return $"sip:{SipUri.Unescape(uri.User)}@{host}{port}";
    }
}
