using System.Numerics;
using System.Runtime.Intrinsics;

namespace PosteRestante.Protocols.Sip;

/// <summary>
/// The octets of the SIP grammar by class (RFC 3261 25.1): one table, a bit a class. A percent sign belongs to no class of URIs;
/// <see cref="SkipEscaped"/> takes it with its two digits.
/// </summary>
internal static class SipOctets
{
    /// <summary>alphanum and <c>-.!%*_+`'~</c>.</summary>
    public const byte Token = 1;

    /// <summary>alphanum and <c>-._</c>: hosts bear underscores in practice.</summary>
    public const byte Host = 2;

    /// <summary>unreserved and <c>&amp;=+$,;?/</c>.</summary>
    public const byte User = 4;

    /// <summary>unreserved and <c>&amp;=+$,</c>.</summary>
    public const byte Password = 8;

    /// <summary>unreserved and <c>[]/:&amp;+$</c>.</summary>
    public const byte UriParameter = 16;

    /// <summary>unreserved and <c>[]/?:+$</c>.</summary>
    public const byte UriHeader = 32;

    /// <summary>alphanum and <c>+-.</c>.</summary>
    public const byte Scheme = 64;

    /// <summary>All but <c>=;,"&lt;&gt;</c> and white space, which end a parameter's name.</summary>
    public const byte ParameterName = 128;

    // A literal, so that the compiler knows its length and leaves out the bounds check; a test derives it from the grammar.
    private static ReadOnlySpan<byte> Classes =>
    [
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 0x00, 0x80, 0x80, 0x00, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x00, 0xBD, 0x00, 0x80, 0xBC, 0x81, 0x9C, 0xBD, 0xBC, 0xBC, 0xBD, 0xFD, 0x0C, 0xFF, 0xFF, 0xB4,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xB0, 0x04, 0x00, 0x0C, 0x00, 0xA4,
        0x80, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xB0, 0x80, 0xB0, 0x80, 0xBF,
        0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x80, 0x80, 0xBD, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
        0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    ];

    private static readonly Vector128<byte>[] Rows = MakeRows();

    private static readonly Vector128<byte> HighHalfBits = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Whether <paramref name="octet"/> is of a class.</summary>
    public static bool Is(byte octet, byte octetClass) => (Classes[octet] & octetClass) != 0;

    /// <summary>The first place from <paramref name="position"/> on whose octet is not of the class.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int position, byte octetClass)
    {
        var hasRows = octetClass < ParameterName && BitOperations.IsPow2(octetClass); // one class, within ASCII
        if (hasRows && Vector128.IsHardwareAccelerated && text.Length >= Vector128<byte>.Count && position < text.Length)
        {
            return SkipByVector(text, position, octetClass);
        }

        while ((uint)position < (uint)text.Length && (Classes[text[position]] & octetClass) != 0)
        {
            position++;
        }

        return position;
    }

    // Sixteen octets at a time, the last ones together with those before them. An octet is of the class when the row of its low
    // half has the bit of its high half; above ASCII nothing is.
    private static int SkipByVector(ReadOnlySpan<byte> text, int position, byte octetClass)
    {
        var rows = Rows[BitOperations.TrailingZeroCount(octetClass)];
        while (true)
        {
            var start = Math.Min(position, text.Length - Vector128<byte>.Count);
            var octets = Vector128.Create(text[start..]);
            var row = Vector128.ShuffleNative(rows, octets & Vector128.Create((byte)0x0F));
            var bit = Vector128.ShuffleNative(HighHalfBits, octets >>> 4);
            var ends = Vector128.Equals(row & bit, Vector128<byte>.Zero).ExtractMostSignificantBits() >> (position - start);
            if (ends != 0)
            {
                return position + BitOperations.TrailingZeroCount(ends);
            }

            position = start + Vector128<byte>.Count;
            if (position == text.Length)
            {
                return position;
            }
        }
    }

    private static Vector128<byte>[] MakeRows()
    {
        var rows = new Vector128<byte>[8];
        for (var octetClass = 0; octetClass < rows.Length; octetClass++)
        {
            var row = new byte[Vector128<byte>.Count];
            for (var octet = 0; octet < 128; octet++)
            {
                if ((Classes[octet] & (1 << octetClass)) != 0)
                {
                    row[octet & 0x0F] |= (byte)(1 << (octet >> 4));
                }
            }

            rows[octetClass] = Vector128.Create(row);
        }

        return rows;
    }

    /// <summary>As <see cref="Skip"/>, over whole escapes too; a broken escape ends the run.</summary>
    public static int SkipEscaped(ReadOnlySpan<byte> text, int position, byte octetClass)
    {
        while (true)
        {
            position = Skip(text, position, octetClass);
            if (text.Length - position < 3 || text[position] != (byte)'%'
                || !char.IsAsciiHexDigit((char)text[position + 1]) || !char.IsAsciiHexDigit((char)text[position + 2]))
            {
                return position;
            }

            position += 3;
        }
    }
}
