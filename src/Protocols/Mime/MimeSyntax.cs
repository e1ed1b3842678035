using System.Buffers;

namespace PosteRestante.Protocols.Mime;

/// <summary>The lexical rules of RFC 2045 5.1 and RFC 5322 that several types share.</summary>
internal static class MimeSyntax
{
    private static readonly SearchValues<char> TokenChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    public static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(TokenChars);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    /// <summary>
    /// Reads <c>;name=value</c> parameters, values as tokens or quoted strings. Empty parameters (a trailing semicolon)
    /// are skipped. False when the text is anything else.
    /// </summary>
    public static bool TryReadParameters(ReadOnlySpan<char> text, List<MimeParameter> parameters)
    {
        while (true)
        {
            text = text.Trim(" \t");
            if (text.IsEmpty)
            {
                return true;
            }

            if (text[0] != ';')
            {
                return false;
            }

            text = text[1..].TrimStart(" \t");
            if (text.IsEmpty || text[0] == ';')
            {
                continue;
            }

            int nameEnd = text.IndexOfAny('=', ';');
            ReadOnlySpan<char> name = (nameEnd < 0 ? text : text[..nameEnd]).Trim(" \t");
            if (!IsToken(name))
            {
                return false;
            }

            if (nameEnd < 0 || text[nameEnd] == ';')
            {
                parameters.Add(new MimeParameter(name.ToString(), ""));
                text = nameEnd < 0 ? default : text[nameEnd..];
                continue;
            }

            text = text[(nameEnd + 1)..].TrimStart(" \t");
            if (!TryReadValue(ref text, out string? value))
            {
                return false;
            }

            parameters.Add(new MimeParameter(name.ToString(), value));
        }
    }

    private static bool TryReadValue(ref ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
    {
        if (text.StartsWith("\""))
        {
            return TryReadQuoted(ref text, out value);
        }

        int end = text.IndexOfAny(";, \t");
        ReadOnlySpan<char> token = end < 0 ? text : text[..end];
        value = token.ToString();
        text = text[token.Length..];

        // Boundaries with characters outside a token are seen unquoted in the field; only what would be ambiguous is refused.
        return token.Length > 0 && !token.Contains('"');
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
    {
        System.Text.StringBuilder unquoted = new();
        for (int i = 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                value = unquoted.ToString();
                text = text[(i + 1)..];
                return true;
            }

            if (c == '\\' && i + 1 < text.Length)
            {
                c = text[++i];
            }

            unquoted.Append(c);
        }

        value = null;
        return false;
    }
}
