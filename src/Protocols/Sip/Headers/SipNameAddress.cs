using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// <c>( name-addr / addr-spec ) *( SEMI param )</c>: From, To, Contact, Route, Record-Route, P-Asserted-Identity, Refer-To,
/// Referred-By, Reply-To (RFC 3261 20.10, 25.1).
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipNameAddress
{
    private readonly SipNameAddressParts _parts;

    internal SipNameAddress(SipText text, in SipNameAddressParts parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The value as it came.</summary>
    public SipText Text { get; }

    /// <summary>Whether this is <c>default</c>, which is no address.</summary>
    public bool IsDefault => _parts.Uri.Scheme == SipUriScheme.None;

    /// <summary>The display name as it came, quotes included; empty when there is none.</summary>
    public SipText DisplayNameText => Text.Part(_parts.DisplayStart, _parts.DisplayLength);

    /// <summary>The display name as text.</summary>
    public string DisplayName => SipQuotedString.Decode(DisplayNameText);

    /// <summary>The address. Without angle brackets it has no parameters: those belong to the header field (RFC 3261 20).</summary>
    public SipUri Uri
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Text.Part(_parts.UriStart, _parts.UriLength), _parts.Uri);
    }

    /// <summary>The parameters of the header field.</summary>
    public SipParameters Parameters => IsDefault ? default : new(Text.Slice(_parts.ParametersStart));

    /// <summary>The tag of a From or To; empty when there is none. Compared without case, as a token (RFC 3261 7.3.1).</summary>
    public SipText Tag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Text.Part(_parts.TagStart, _parts.TagLength);
    }

    /// <summary>Reads one address that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipNameAddress address)
    {
        var parsed = SipNameAddressParser.TryParse(text.Span, out var parts, out var end) && end == text.Length;
        address = parsed ? new SipNameAddress(text, parts) : default;
        return parsed;
    }

    /// <summary>Reads the first address of a list; <paramref name="length"/> goes up to its comma, or to the end.</summary>
    internal static bool TryParseFirst(SipText list, out SipNameAddress address, out int length)
    {
        var parsed = SipNameAddressParser.TryParse(list.Span, out var parts, out length);
        address = parsed ? new SipNameAddress(list.Part(0, length), parts) : default;
        return parsed;
    }

    /// <summary>A copy with octets of its own.</summary>
    public SipNameAddress ToOwned() => new(Text.ToOwned(), _parts);

    /// <inheritdoc/>
    public override string ToString() => Text.ToString();
}
