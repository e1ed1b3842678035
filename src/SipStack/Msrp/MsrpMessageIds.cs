using System.Buffers;

namespace PosteRestante.SipStack.Msrp;

/// <summary>The rule of a Message-ID in characters.</summary>
internal static class MsrpMessageIds
{
    private static readonly SearchValues<char> IdentChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-+%=");

    public static bool IsIdent(ReadOnlySpan<char> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && !text.ContainsAnyExcept(IdentChars);
}
