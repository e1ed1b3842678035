using System.Buffers;
using System.Text;

namespace PosteRestante.Protocols.Msrp;

/// <summary>The lexical rules of RFC 4975 section 9 that several types share.</summary>
internal static class MsrpSyntax
{
    /// <summary>Seven hyphens: what an end-line begins with (RFC 4975 7.1).</summary>
    public static ReadOnlySpan<byte> EndLineHyphens => "-------"u8;

    /// <summary>RFC 4975 9: <c>ident = alphanum 3*31ident-char</c>.</summary>
    public const int MinIdentLength = 4;

    /// <summary>RFC 4975 9: <c>ident = alphanum 3*31ident-char</c>.</summary>
    public const int MaxIdentLength = 32;

    private static readonly SearchValues<byte> IdentBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-+%="u8);

    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~"u8);

    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(CreateControls());

    private static readonly SearchValues<byte> UpperLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>Whether the text is an <c>ident</c>: a transaction id or a Message-ID.</summary>
    public static bool IsIdent(ReadOnlySpan<byte> text) =>
        text.Length is >= MinIdentLength and <= MaxIdentLength && IsIdentText(text);

    /// <summary>As <see cref="IsIdent"/>, without its bounds of length.</summary>
    public static bool IsIdentText(ReadOnlySpan<byte> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit((char)text[0]) && !text.ContainsAnyExcept(IdentBytes);

    public static bool IsToken(ReadOnlySpan<byte> text) => text.Length > 0 && !text.ContainsAnyExcept(TokenBytes);

    public static bool IsMethod(ReadOnlySpan<byte> text) => text.Length > 0 && !text.ContainsAnyExcept(UpperLetters);

    /// <summary>Whether the text has an octet below SP other than HTAB, or DEL.</summary>
    public static bool HasControl(ReadOnlySpan<byte> text) => text.ContainsAny(ControlBytes);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length == right.Length && Ascii.EqualsIgnoreCase(left, right);

    private static byte[] CreateControls() =>
        [.. Enumerable.Range(0, 32).Where(b => b != '\t').Select(b => (byte)b), 127];
}
