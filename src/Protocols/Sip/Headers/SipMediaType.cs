using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>A media type with its parameters: Content-Type, a value of Accept (RFC 3261 20.15, 20.1).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipMediaType
{
    private SipMediaType(SipText type, SipText subtype, SipParameters parameters)
    {
        Type = type;
        Subtype = subtype;
        Parameters = parameters;
    }

    /// <summary>The type, <c>text</c> of <c>text/plain</c>; compared without case. May be <c>*</c> in Accept.</summary>
    public SipText Type { get; }

    /// <summary>The subtype, <c>plain</c> of <c>text/plain</c>; compared without case. May be <c>*</c> in Accept.</summary>
    public SipText Subtype { get; }

    /// <summary>The parameters, <c>charset</c>, <c>boundary</c>, <c>q</c> …</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads a value that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipMediaType mediaType)
    {
        mediaType = default;
        var span = text.Span;
        var typeLength = SipSyntax.TokenLength(span);
        var slash = SipSyntax.SkipWhitespace(span, typeLength);
        if (typeLength == 0 || slash == span.Length || span[slash] != (byte)'/')
        {
            return false;
        }

        var subtypeStart = SipSyntax.SkipWhitespace(span, slash + 1);
        var subtypeLength = SipSyntax.TokenLength(span[subtypeStart..]);
        var parameters = text.Slice(subtypeStart + subtypeLength);
        if (subtypeLength == 0 || !SipParameters.AreValid(parameters.Span))
        {
            return false;
        }

        mediaType = new SipMediaType(text.Slice(0, typeLength), text.Slice(subtypeStart, subtypeLength), new SipParameters(parameters));
        return true;
    }

    /// <summary>Whether this is <paramref name="type"/>/<paramref name="subtype"/>, whatever its parameters.</summary>
    public bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) => Type.IsIgnoreCase(type) && Subtype.IsIgnoreCase(subtype);

    /// <summary>Whether this, as a range of Accept, takes in <paramref name="other"/> (<c>*/*</c>, <c>text/*</c>, <c>text/plain</c>).</summary>
    public bool Covers(SipMediaType other) =>
        Type.Is("*"u8) || (Type.IsIgnoreCase(other.Type) && (Subtype.Is("*"u8) || Subtype.IsIgnoreCase(other.Subtype)));

    /// <summary>Type and subtype as they came, without parameters.</summary>
    public override string ToString() => $"{Type}/{Subtype}";
}
