using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>The small scanners of the SIP grammar (RFC 3261 25.1).</summary>
public static class SipSyntax
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Where a plain parameter value ends: a separator, a quote, a bracket or white space.</summary>
    internal static readonly SearchValues<byte> ValueEnd = SearchValues.Create(";,\"<> \t\r\n"u8);

    private static readonly SearchValues<byte> WordOctets =
        SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}@"));

    /// <summary>A space, a tab, or an octet of a line fold; inside a header value CR and LF occur only in folds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWhitespace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>Whether <paramref name="text"/> is a <c>token</c>.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && TokenLength(text) == text.Length;

    /// <summary>Whether <paramref name="text"/> is a <c>callid</c>: <c>word [ "@" word ]</c>.</summary>
    public static bool IsCallId(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(WordOctets))
        {
            return false;
        }

        var at = text.IndexOf((byte)'@');
        return at < 0 || (at > 0 && at < text.Length - 1 && !text[(at + 1)..].Contains((byte)'@'));
    }

    /// <summary>Whether <paramref name="value"/> may stand in a header: it holds no CR, LF or NUL.</summary>
    public static bool IsHeaderSafe(ReadOnlySpan<byte> value) => !value.ContainsAny((byte)'\r', (byte)'\n', (byte)0);

    /// <summary>Compares with ASCII letters taken without case; the same spelling is the fast path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length == right.Length && (left.SequenceEqual(right) || Ascii.EqualsIgnoreCase(left, right));

    /// <summary>Skips white space from <paramref name="position"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int SkipWhitespace(ReadOnlySpan<byte> text, int position)
    {
        while ((uint)position < (uint)text.Length && IsWhitespace(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary><paramref name="text"/> without white space at both ends.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = SkipWhitespace(text, 0);
        var end = text.Length;
        while (end > start && IsWhitespace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>The length of the token at the start of <paramref name="text"/>; 0 when there is none.</summary>
    internal static int TokenLength(ReadOnlySpan<byte> text) => SipOctets.Skip(text, 0, SipOctets.Token);

    /// <summary>The length of the quoted string at the start of <paramref name="text"/>, quotes included; -1 when it never ends.</summary>
    internal static int QuotedLength(ReadOnlySpan<byte> text)
    {
        var position = 1;
        while (true)
        {
            var next = text[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }

            position += next;
            if (text[position] == (byte)'"')
            {
                return position + 1;
            }

            position += 2; // quoted-pair
            if (position > text.Length)
            {
                return -1;
            }
        }
    }

    /// <summary>Reads <c>1*DIGIT</c> that is the whole of <paramref name="text"/>.</summary>
    internal static bool TryReadNumber(ReadOnlySpan<byte> text, uint maximum, out uint number)
    {
        ulong value = 0;
        foreach (var octet in text)
        {
            var digit = (uint)(octet - '0');
            value = (value * 10) + digit;
            if (digit > 9 || value > maximum)
            {
                number = 0;
                return false;
            }
        }

        number = (uint)value;
        return !text.IsEmpty;
    }
}
