using System.Buffers.Binary;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Messages;

/// <summary>The 130 bits of a <see cref="MessageKey"/> as a value, without its text: what an index entry holds.</summary>
internal readonly record struct PackedKey(UInt128 High, byte Low)
{
    /// <summary>Octets of a packed key; the last six bits are zero.</summary>
    public const int Octets = MessageKey.HashOctets;

    private const byte LowMask = 0xC0;

    /// <summary>The key made of the first 130 bits of a hash.</summary>
    public static PackedKey FromHash(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), (byte)(hash[Octets - 1] & LowMask));

    /// <summary>Takes the text of a key.</summary>
    public static bool TryParse(string? text, out PackedKey key)
    {
        key = default;
        if (text is not { Length: MessageKey.Length })
        {
            return false;
        }

        UInt128 high = 0;
        for (var i = 0; i < MessageKey.Length - 1; i++)
        {
            if (Digit(text[i]) is not { } digit)
            {
                return false;
            }

            high = (high << 5) | digit;
        }

        if (Digit(text[^1]) is not { } last)
        {
            return false;
        }

        // 25 digits are 125 bits; the 26th gives three more to the high part and two to the low one.
        key = new PackedKey((high << 3) | (UInt128)(uint)(last >> 2), (byte)(last << 6));
        return true;
    }

    /// <summary>Writes the key to <see cref="Octets"/> octets.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        destination[Octets - 1] = Low;
    }

    /// <summary>The key as the grain key and Message-ID have it.</summary>
    public MessageKey ToMessageKey()
    {
        Span<byte> octets = stackalloc byte[Octets];
        Write(octets);
        return MessageKey.FromHash(octets);
    }

    /// <inheritdoc/>
    public override string ToString() => ToMessageKey().Value;

    private static byte? Digit(char c) => c switch
    {
        >= 'a' and <= 'z' => (byte)(c - 'a'),
        >= '2' and <= '7' => (byte)(c - '2' + 26),
        _ => null,
    };
}
