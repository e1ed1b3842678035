using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PosteRestante.Protocols.Mime;

/// <summary>A media type: <c>type/subtype;name=value</c> (RFC 2045 5.1). Either half may be <c>*</c> in a list of
/// accepted types.</summary>
public sealed class MediaType
{
    private MediaType(string type, string subtype, ImmutableArray<MimeParameter> parameters)
    {
        Type = type;
        Subtype = subtype;
        Parameters = parameters;
    }

    /// <summary>The type, in lower case.</summary>
    public string Type { get; }

    /// <summary>The subtype, in lower case.</summary>
    public string Subtype { get; }

    /// <summary>The parameters in their order.</summary>
    public ImmutableArray<MimeParameter> Parameters { get; }

    /// <summary><c>type/subtype</c> in lower case, without parameters.</summary>
    public string Essence => $"{Type}/{Subtype}";

    /// <summary>Whether the parts are other bodies: <c>multipart/*</c>.</summary>
    public bool IsMultipart => string.Equals(Type, "multipart", StringComparison.Ordinal);

    /// <summary>The boundary of a multipart type, if valid (RFC 2046 5.1.1: 1 to 70 characters, the last not a space).</summary>
    public string? Boundary
    {
        get
        {
            string? boundary = Parameter("boundary");
            return boundary is { Length: >= 1 and <= 70 } && boundary[^1] != ' ' && Ascii.IsValid(boundary) ? boundary : null;
        }
    }

    /// <summary>Reads a media type.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MediaType? mediaType) =>
        TryParse(Encoding.Latin1.GetString(text), out mediaType);

    /// <summary>Reads a media type.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out MediaType? mediaType)
    {
        mediaType = null;
        int semicolon = text.IndexOf(';');
        ReadOnlySpan<char> essence = (semicolon < 0 ? text : text[..semicolon]).Trim(" \t");
        int slash = essence.IndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        ReadOnlySpan<char> type = essence[..slash].TrimEnd(" \t");
        ReadOnlySpan<char> subtype = essence[(slash + 1)..].TrimStart(" \t");
        List<MimeParameter> parameters = [];
        if (!MimeSyntax.IsToken(type) || !MimeSyntax.IsToken(subtype)
            || (semicolon >= 0 && !MimeSyntax.TryReadParameters(text[semicolon..], parameters)))
        {
            return false;
        }

        mediaType = new MediaType(Lower(type), Lower(subtype), [.. parameters]);
        return true;
    }

    /// <summary>The value of a parameter, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (MimeParameter parameter in Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter.Value;
            }
        }

        return null;
    }

    /// <summary>Whether this is the given <c>type/subtype</c>, parameters aside.</summary>
    public bool Is(ReadOnlySpan<char> essence) =>
        essence.Length == Type.Length + 1 + Subtype.Length
        && essence[Type.Length] == '/'
        && essence.StartsWith(Type, StringComparison.OrdinalIgnoreCase)
        && essence.EndsWith(Subtype, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new(Essence);
        foreach (MimeParameter parameter in Parameters)
        {
            text.Append(';').Append(parameter.Name);
            if (MimeSyntax.IsToken(parameter.Value))
            {
                text.Append('=').Append(parameter.Value);
            }
            else if (parameter.Value.Length > 0)
            {
                text.Append("=\"")
                    .Append(parameter.Value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                    .Append('"');
            }
        }

        return text.ToString();
    }

    private static string Lower(ReadOnlySpan<char> text) =>
        string.Create(text.Length, text, static (span, source) => source.ToLowerInvariant(span));
}
