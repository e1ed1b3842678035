namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>Integers of seven bits an octet, least significant first; the top bit says that more follow.</summary>
internal static class VarInt
{
    /// <summary>Octets of the longest number.</summary>
    public const int MaxOctets = 10;

    /// <summary>Writes a number that is not negative and moves on.</summary>
    public static void Write(ref Span<byte> destination, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        WriteBits(ref destination, (ulong)value);
    }

    /// <summary>Writes a number of either sign and moves on; small ones of both signs are short.</summary>
    public static void WriteSigned(ref Span<byte> destination, long value) =>
        WriteBits(ref destination, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static long Read(ref ReadOnlySpan<byte> source) => (long)ReadBits(ref source);

    /// <summary>Reads what <see cref="WriteSigned"/> wrote.</summary>
    public static long ReadSigned(ref ReadOnlySpan<byte> source)
    {
        var bits = ReadBits(ref source);
        return (long)(bits >> 1) ^ -(long)(bits & 1);
    }

    private static void WriteBits(ref Span<byte> destination, ulong bits)
    {
        var i = 0;
        for (; bits >= 0x80; bits >>= 7)
        {
            destination[i++] = (byte)(bits | 0x80);
        }

        destination[i++] = (byte)bits;
        destination = destination[i..];
    }

    private static ulong ReadBits(ref ReadOnlySpan<byte> source)
    {
        ulong bits = 0;
        for (var i = 0; i < MaxOctets; i++)
        {
            bits |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return bits;
            }
        }

        throw new FormatException("An integer of a mailbox record is too long.");
    }
}
