using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PosteRestante.Protocols.Mime;

/// <summary>A <c>Content-Disposition</c> (RFC 2183; <c>handling</c> from RFC 3261 20.11).</summary>
public sealed class ContentDisposition
{
    private ContentDisposition(string kind, ImmutableArray<MimeParameter> parameters)
    {
        Kind = kind;
        Parameters = parameters;
    }

    /// <summary>The disposition, in lower case: <c>session</c>, <c>recipient-list</c>, <c>notification</c> …</summary>
    public string Kind { get; }

    /// <summary>The parameters in their order.</summary>
    public ImmutableArray<MimeParameter> Parameters { get; }

    /// <summary>Whether the part may be skipped by who does not understand it: <c>handling=optional</c>.</summary>
    public bool IsOptional => Parameters.Any(parameter =>
        string.Equals(parameter.Name, "handling", StringComparison.OrdinalIgnoreCase)
        && string.Equals(parameter.Value, "optional", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a disposition.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out ContentDisposition? disposition)
    {
        disposition = null;
        string whole = Encoding.Latin1.GetString(text);
        int semicolon = whole.IndexOf(';', StringComparison.Ordinal);
        string kind = (semicolon < 0 ? whole : whole[..semicolon]).Trim(' ', '\t');
        List<MimeParameter> parameters = [];
        if (!MimeSyntax.IsToken(kind)
            || (semicolon >= 0 && !MimeSyntax.TryReadParameters(whole.AsSpan(semicolon), parameters)))
        {
            return false;
        }

        disposition = new ContentDisposition(kind.ToLowerInvariant(), [.. parameters]);
        return true;
    }
}
