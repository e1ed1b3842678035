using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PosteRestante.Protocols.Sdp;

/// <summary>
/// The value of <c>a=accept-types</c> or <c>a=accept-wrapped-types</c> (RFC 4975 8.6): media types, <c>type/*</c>, or
/// <c>*</c> for anything. Parameters are allowed and do not count.
/// </summary>
public sealed class MsrpAcceptTypes
{
    /// <summary>No type at all: the attribute is absent.</summary>
    public static MsrpAcceptTypes None { get; } = new([]);

    /// <summary>Makes a list.</summary>
    public MsrpAcceptTypes(params ImmutableArray<string> types) => Types = types;

    /// <summary>The elements as written.</summary>
    public ImmutableArray<string> Types { get; }

    /// <summary>Reads the value; false when it is empty or an element is no media type.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MsrpAcceptTypes? types)
    {
        types = null;
        string[] elements = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (elements.Length == 0 || elements.Any(element => element is not "*" && !Mime.MediaType.TryParse(element, out _)))
        {
            return false;
        }

        types = new MsrpAcceptTypes([.. elements]);
        return true;
    }

    /// <summary>Whether a <c>type/subtype</c> (parameters are ignored) may be sent.</summary>
    public bool Accepts(ReadOnlySpan<char> mediaType)
    {
        ReadOnlySpan<char> essence = Essence(mediaType);
        foreach (string element in Types)
        {
            ReadOnlySpan<char> accepted = Essence(element);
            if (accepted is "*" or "*/*" || accepted.Equals(essence, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (accepted.EndsWith("/*") && essence.StartsWith(accepted[..^1], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Types);

    private static ReadOnlySpan<char> Essence(ReadOnlySpan<char> type)
    {
        int semicolon = type.IndexOf(';');
        return (semicolon < 0 ? type : type[..semicolon]).Trim();
    }
}
