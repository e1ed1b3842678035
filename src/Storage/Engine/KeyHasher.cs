using System.Buffers.Binary;

namespace PosteRestante.Storage.Engine;

/// <summary>
/// Hashes record names to 64 bits: a folded multiplication per eight octets, seeded per store. The hash is
/// kept on disk (the key index is sorted by it), so it never changes; the seed keeps outsiders from choosing
/// names that collide. Colliding names are still told apart, by comparing them.
/// </summary>
internal readonly struct KeyHasher(ulong seed, ulong stream)
{
    private const ulong LengthFactor = 0x9E3779B97F4A7C15;
    private const ulong WordFactor = 0xD6E8FEB86659FD93;
    private const ulong TailFactor = 0xA0761D6478BD642F;
    private const ulong FinalFactor = 0xE7037ED1A0B428DB;

    /// <summary>The seed as it is stored: sixteen octets.</summary>
    public static KeyHasher FromSeed(ReadOnlySpan<byte> seed) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(seed), BinaryPrimitives.ReadUInt64LittleEndian(seed[8..]));

    public ulong Hash(ReadOnlySpan<byte> name)
    {
        ulong state = seed ^ ((ulong)name.Length * LengthFactor);
        ulong factor = WordFactor ^ stream;
        while (name.Length >= sizeof(ulong))
        {
            state = Fold(state ^ BinaryPrimitives.ReadUInt64LittleEndian(name), factor);
            name = name[sizeof(ulong)..];
        }

        ulong tail = 0;
        for (int i = 0; i < name.Length; i++)
        {
            tail |= (ulong)name[i] << (8 * i);
        }

        return Fold(Fold(state ^ tail, TailFactor ^ stream), FinalFactor);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
