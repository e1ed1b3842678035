using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>The character classes and small scanners of the SIP grammar (RFC 3261 25.1).</summary>
public static class SipSyntax
{
    private const string Digits = "0123456789";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + Digits;
    private const string Unreserved = Alphanumeric + "-_.!~*'()";

    internal static readonly SearchValues<byte> TokenOctets = Set(Alphanumeric + "-.!%*_+`'~");
    internal static readonly SearchValues<byte> WordOctets = Set(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}@");
    internal static readonly SearchValues<byte> HostOctets = Set(Alphanumeric + "-._");
    internal static readonly SearchValues<byte> Ipv6Octets = Set("0123456789ABCDEFabcdef:.");
    internal static readonly SearchValues<byte> SchemeOctets = Set(Alphanumeric + "+-.");
    internal static readonly SearchValues<byte> UserOctets = Set(Unreserved + "%&=+$,;?/");
    internal static readonly SearchValues<byte> PasswordOctets = Set(Unreserved + "%&=+$,");
    internal static readonly SearchValues<byte> UriParameterOctets = Set(Unreserved + "%[]/:&+$");
    internal static readonly SearchValues<byte> UriHeaderOctets = Set(Unreserved + "%[]/?:+$");
    internal static readonly SearchValues<byte> OpaqueUriOctets = Set(Unreserved + "%;/?:@&=+$,#[]");

    /// <summary>Where a plain parameter value ends: a separator, a quote, a bracket or white space.</summary>
    internal static readonly SearchValues<byte> ValueEnd = SearchValues.Create(";,\"<> \t\r\n"u8);

    /// <summary>What matters when a comma separated list is cut: the comma, and what hides one.</summary>
    internal static readonly SearchValues<byte> ListMarks = SearchValues.Create(",\"<"u8);

    /// <summary>A space, a tab, or an octet of a line fold; inside a header value CR and LF occur only in folds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWhitespace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    /// <summary>Whether <paramref name="text"/> is a <c>token</c>.</summary>
    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenOctets);

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
    internal static int TokenLength(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExcept(TokenOctets);
        return length < 0 ? text.Length : length;
    }

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
    internal static bool TryReadNumber(ReadOnlySpan<byte> text, ulong maximum, out ulong number)
    {
        number = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var octet in text)
        {
            var digit = (uint)(octet - '0');
            if (digit > 9 || number > (maximum - digit) / 10)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }

    /// <summary>Whether each <c>%</c> in <paramref name="text"/> is followed by two hexadecimal digits.</summary>
    internal static bool EscapesAreWhole(ReadOnlySpan<byte> text)
    {
        var position = text.IndexOf((byte)'%');
        while (position >= 0)
        {
            if (text.Length - position < 3 || !char.IsAsciiHexDigit((char)text[position + 1]) || !char.IsAsciiHexDigit((char)text[position + 2]))
            {
                return false;
            }

            var next = text[(position + 3)..].IndexOf((byte)'%');
            position = next < 0 ? -1 : position + 3 + next;
        }

        return true;
    }

    private static SearchValues<byte> Set(string octets) => SearchValues.Create(Encoding.ASCII.GetBytes(octets));
}
