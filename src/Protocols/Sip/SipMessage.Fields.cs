using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip;

/// <content>The optional header fields by type, read where they stand each time they are asked for.</content>
public sealed partial class SipMessage
{
    /// <summary>Expires in seconds, 0 to 2^32-1 (RFC 3261 20.19).</summary>
    public SipFieldState GetExpires(out uint seconds)
    {
        seconds = 0;
        var state = TryGetOnly(SipHeaderName.Expires, out var value);
        return state == SipFieldState.Valid ? State(SipSyntax.TryReadNumber(value, uint.MaxValue, out seconds)) : state;
    }

    /// <summary>Date (RFC 3261 20.17): GMT in the form of RFC 1123.</summary>
    public SipFieldState GetDate(out DateTimeOffset date)
    {
        date = default;
        var state = TryGetOnly(SipHeaderName.Date, out var value);
        return state == SipFieldState.Valid ? State(SipDate.TryParse(value.Span, out date)) : state;
    }

    /// <summary>Content-Type (RFC 3261 20.15).</summary>
    public SipFieldState GetContentType(out SipMediaType type)
    {
        var state = TryGetOnly(SipHeaderName.ContentType, out var value);
        type = default;
        if (state != SipFieldState.Valid || _contentType.TypeLength == 0)
        {
            return state == SipFieldState.Valid ? SipFieldState.Malformed : state;
        }

        type = new SipMediaType(value, _contentType);
        return SipFieldState.Valid;
    }

    /// <summary>A token with parameters: Content-Disposition, Event, Subscription-State, Refer-Sub.</summary>
    public SipFieldState GetToken(SipHeaderName name, out SipTokenValue token)
    {
        token = default;
        var state = TryGetOnly(name, out var value);
        return state == SipFieldState.Valid ? State(SipTokenValue.TryParse(value, out token)) : state;
    }

    /// <summary>Seconds with parameters: Session-Expires, Min-SE, Retry-After, Min-Expires.</summary>
    public SipFieldState GetDelta(SipHeaderName name, out SipDelta delta)
    {
        delta = default;
        var state = TryGetOnly(name, out var value);
        return state == SipFieldState.Valid ? State(SipDelta.TryParse(value, out delta)) : state;
    }

    /// <summary>
    /// Whether Accept takes a body of this type (RFC 3261 20.1): without the field only application/sdp is taken, with an empty
    /// one nothing. A range with <c>q=0</c> takes nothing.
    /// </summary>
    public bool Accepts(string mediaType)
    {
        if (!SipMediaType.TryParse(SipText.From(mediaType), out var type))
        {
            return false;
        }

        if (!Contains(SipHeaderName.Accept))
        {
            return type.Is("application"u8, "sdp"u8);
        }

        foreach (var value in GetValues(SipHeaderName.Accept))
        {
            if (SipMediaType.TryParse(value, out var range) && range.Covers(type) && !range.IsRefused)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The first address of this name whose URI has this scheme; <see cref="SipUriScheme.None"/> takes any. For P-Asserted-Identity
    /// (RFC 3325 9.1: at most one sip or sips and one tel), Contact, Route, Refer-To, Referred-By …
    /// </summary>
    public SipFieldState GetAddress(SipHeaderName name, out SipNameAddress address, SipUriScheme scheme = SipUriScheme.None)
    {
        address = default;
        for (var i = NextHeader(name, 0); i >= 0; i = NextHeader(name, i + 1))
        {
            var state = FindAddress(ValueAt(i), scheme, out address);
            if (state != SipFieldState.Absent)
            {
                return state;
            }
        }

        return SipFieldState.Absent;
    }

    /// <summary>
    /// Whether a list of tokens (Require, Supported, Proxy-Require, Allow, Privacy …) names <paramref name="token"/>, letters
    /// without case. Privacy separates by semicolons, the others by commas.
    /// </summary>
    public bool HasToken(SipHeaderName name, ReadOnlySpan<byte> token)
    {
        for (var i = NextHeader(name, 0); i >= 0; i = NextHeader(name, i + 1))
        {
            if (ListHas(ValueAt(i).Span, token))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The whole value of the first field of this name as text, folds taken out; null when it is absent.</summary>
    public string? GetText(SipHeaderName name) => TryGet(name, out var value) ? SipFolding.Unfold(value) : null;

    private static SipFieldState State(bool parsed) => parsed ? SipFieldState.Valid : SipFieldState.Malformed;

    private static SipFieldState FindAddress(SipText list, SipUriScheme scheme, out SipNameAddress address)
    {
        while (true)
        {
            if (!SipNameAddress.TryParseFirst(list, out address, out var length))
            {
                return SipFieldState.Malformed;
            }

            if (scheme == SipUriScheme.None || address.Uri.Scheme == scheme)
            {
                return SipFieldState.Valid;
            }

            if (length == list.Length)
            {
                address = default;
                return SipFieldState.Absent;
            }

            list = list.Slice(length + 1);
        }
    }

    private static bool ListHas(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        var position = 0;
        while (position < list.Length)
        {
            var end = SipOctets.Skip(list, position, SipOctets.Token);
            if (end - position == token.Length && SipSyntax.EqualsIgnoreCase(list[position..end], token))
            {
                return true;
            }

            position = end + 1; // a separator, or an octet that belongs to no token
        }

        return false;
    }

    private SipFieldState TryGetOnly(SipHeaderName name, out SipText value)
    {
        if (!TryGet(name, out value))
        {
            return SipFieldState.Absent;
        }

        return IsRepeated(name) ? SipFieldState.Malformed : SipFieldState.Valid;
    }
}
