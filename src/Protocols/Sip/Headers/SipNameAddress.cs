using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// <c>( name-addr / addr-spec ) *( SEMI param )</c>: From, To, Contact, Route, Record-Route, P-Asserted-Identity, Refer-To,
/// Referred-By, Reply-To (RFC 3261 20.10, 25.1).
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipNameAddress
{
    private SipNameAddress(SipText displayName, SipUri uri, SipParameters parameters)
    {
        DisplayNameText = displayName;
        Uri = uri;
        Parameters = parameters;
    }

    /// <summary>The display name as it came, quotes included; empty when there is none.</summary>
    public SipText DisplayNameText { get; }

    /// <summary>The display name as text.</summary>
    public string DisplayName => SipQuotedString.Decode(DisplayNameText);

    /// <summary>The address. Without angle brackets it has no parameters: those belong to the header field (RFC 3261 20).</summary>
    public SipUri Uri { get; }

    /// <summary>The parameters of the header field.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The tag of a From or To; empty when there is none. Compared without case, as a token (RFC 3261 7.3.1).</summary>
    public SipText Tag => Parameters.Get("tag"u8);

    /// <summary>Reads one address that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipNameAddress address)
    {
        var span = text.Span;
        address = default;
        var start = SipSyntax.SkipWhitespace(span, 0);
        var displayLength = DisplayNameLength(span[start..]);
        if (displayLength < 0)
        {
            return false;
        }

        var bracket = SipSyntax.SkipWhitespace(span, start + displayLength);
        return bracket < span.Length && span[bracket] == (byte)'<'
            ? TryParseBracketed(text, text.Slice(start, displayLength).Trim(), bracket + 1, out address)
            : TryParseBare(text, start, out address);
    }

    // A quoted string, or tokens and white space up to the bracket. Octets above ASCII are let through: they are
    // seen in unquoted names and cannot be taken for anything else.
    private static int DisplayNameLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] == (byte)'<')
        {
            return 0;
        }

        if (text[0] == (byte)'"')
        {
            return SipSyntax.QuotedLength(text);
        }

        var length = 0;
        while (length < text.Length && (SipSyntax.TokenOctets.Contains(text[length]) || SipSyntax.IsWhitespace(text[length]) || text[length] >= 0x80))
        {
            length++;
        }

        return length;
    }

    private static bool TryParseBracketed(SipText text, SipText displayName, int start, out SipNameAddress address)
    {
        address = default;
        var length = text.Span[start..].IndexOf((byte)'>');
        if (length < 0 || !SipUri.TryParse(text.Slice(start, length), out var uri))
        {
            return false;
        }

        var parameters = text.Slice(start + length + 1);
        address = new SipNameAddress(displayName, uri, new SipParameters(parameters));
        return SipParameters.AreValid(parameters.Span);
    }

    private static bool TryParseBare(SipText text, int start, out SipNameAddress address)
    {
        address = default;
        var length = text.Span[start..].IndexOfAny(SipSyntax.ValueEnd);
        length = length < 0 ? text.Length - start : length;

        // RFC 3261 20.10: a URI with a comma, a question mark or a semicolon must stand in angle brackets.
        if (!SipUri.TryParse(text.Slice(start, length), out var uri) || uri.Text.Span.Contains((byte)'?'))
        {
            return false;
        }

        var parameters = text.Slice(start + length);
        address = new SipNameAddress(default, uri, new SipParameters(parameters));
        return SipParameters.AreValid(parameters.Span);
    }
}
