using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip;

/// <content>The optional header fields by type, read where they stand each time they are asked for.</content>
public sealed partial class SipMessage
{
    /// <summary>Expires in seconds, 0 to 2^32-1 (RFC 3261 20.19).</summary>
    public SipFieldState GetExpires(out uint seconds) => GetSeconds(SipHeaderName.Expires, out seconds);

    /// <summary>Date (RFC 3261 20.17): GMT in the form of RFC 1123.</summary>
    public SipFieldState GetDate(out DateTimeOffset date)
    {
        date = default;
        return TryGetOnly(SipHeaderName.Date, out var value) is var state && state != SipFieldState.Valid
            ? state
            : State(SipDate.TryParse(value.Span, out date));
    }

    /// <summary>Content-Type (RFC 3261 20.15).</summary>
    public SipFieldState GetContentType(out SipMediaType type)
    {
        type = default;
        return TryGetOnly(SipHeaderName.ContentType, out var value) is var state && state != SipFieldState.Valid
            ? state
            : State(SipMediaType.TryParse(value, out type));
    }

    /// <summary>
    /// The first address of this name whose URI has this scheme; <see cref="SipUriScheme.None"/> takes any. For P-Asserted-Identity
    /// (RFC 3325 9.1: at most one sip or sips and one tel), Contact, Route, Refer-To, Referred-By …
    /// </summary>
    public SipFieldState GetAddress(SipHeaderName name, out SipNameAddress address, SipUriScheme scheme = SipUriScheme.None)
    {
        address = default;
        foreach (var value in GetValues(name))
        {
            if (!SipNameAddress.TryParse(value, out var candidate))
            {
                return SipFieldState.Malformed;
            }

            if (scheme == SipUriScheme.None || candidate.Uri.Scheme == scheme)
            {
                address = candidate;
                return SipFieldState.Valid;
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
        foreach (var value in GetValues(name))
        {
            foreach (var range in value.Span.Split((byte)';'))
            {
                if (SipSyntax.EqualsIgnoreCase(SipSyntax.Trim(value.Span[range]), token))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The whole value of the first field of this name as text, folds taken out; null when it is absent.</summary>
    public string? GetText(SipHeaderName name) => TryGet(name, out var value) ? SipFolding.Unfold(value) : null;

    private static SipFieldState State(bool parsed) => parsed ? SipFieldState.Valid : SipFieldState.Malformed;

    private SipFieldState GetSeconds(SipHeaderName name, out uint seconds)
    {
        seconds = 0;
        if (TryGetOnly(name, out var value) is var state && state != SipFieldState.Valid)
        {
            return state;
        }

        var parsed = SipSyntax.TryReadNumber(value.Span, uint.MaxValue, out var number);
        seconds = (uint)number;
        return State(parsed);
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
