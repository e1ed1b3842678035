using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>A media type with its parameters: Content-Type, a value of Accept (RFC 3261 20.15, 20.1).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipMediaType
{
    private readonly SipMediaTypeParts _parts;

    internal SipMediaType(SipText text, SipMediaTypeParts parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The value as it came.</summary>
    public SipText Text { get; }

    /// <summary>The type, <c>text</c> of <c>text/plain</c>; compared without case. May be <c>*</c> in Accept.</summary>
    public SipText Type => Text.Part(0, _parts.TypeLength);

    /// <summary>The subtype, <c>plain</c> of <c>text/plain</c>; compared without case. May be <c>*</c> in Accept.</summary>
    public SipText Subtype => Text.Part(_parts.SubtypeStart, _parts.ParametersStart - _parts.SubtypeStart);

    /// <summary>The parameters, <c>charset</c>, <c>boundary</c>, <c>q</c> …</summary>
    public SipParameters Parameters => new(Text.Slice(_parts.ParametersStart));

    /// <summary>Whether this range of Accept is there to be refused: its quality is zero.</summary>
    internal bool IsRefused => Parameters.TryGet("q"u8, out var quality) && !quality.Span.ContainsAnyInRange((byte)'1', (byte)'9');

    /// <summary>Reads a value that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipMediaType mediaType)
    {
        var parsed = TryParse(text.Span, out var parts);
        mediaType = parsed ? new SipMediaType(text, parts) : default;
        return parsed;
    }

    /// <summary>Whether this is <paramref name="type"/>/<paramref name="subtype"/>, whatever its parameters.</summary>
    public bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) => Type.IsIgnoreCase(type) && Subtype.IsIgnoreCase(subtype);

    /// <summary>Whether this, as a range of Accept, takes in <paramref name="other"/> (<c>*/*</c>, <c>text/*</c>, <c>text/plain</c>).</summary>
    public bool Covers(SipMediaType other) =>
        Type.Is("*"u8) || (Type.IsIgnoreCase(other.Type) && (Subtype.Is("*"u8) || Subtype.IsIgnoreCase(other.Subtype)));

    /// <summary>Type and subtype as they came, without parameters.</summary>
    public override string ToString() => $"{Type}/{Subtype}";

    internal static bool TryParse(ReadOnlySpan<byte> text, out SipMediaTypeParts parts)
    {
        parts = default;
        var typeEnd = SipOctets.Skip(text, 0, SipOctets.Token);
        var slash = SipSyntax.SkipWhitespace(text, typeEnd);
        if (typeEnd == 0 || slash == text.Length || text[slash] != (byte)'/' || text.Length > ushort.MaxValue)
        {
            return false;
        }

        var subtypeStart = SipSyntax.SkipWhitespace(text, slash + 1);
        var subtypeEnd = SipOctets.Skip(text, subtypeStart, SipOctets.Token);
        parts.TypeLength = (ushort)typeEnd;
        parts.SubtypeStart = (ushort)subtypeStart;
        parts.ParametersStart = (ushort)subtypeEnd;
        return subtypeEnd > subtypeStart && SipParameters.AreValid(text, subtypeEnd);
    }
}
