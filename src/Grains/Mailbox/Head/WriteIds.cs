using System.Security.Cryptography;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>
/// Names for head writes and pages of one activation: a random start, then a walk through all 64-bit numbers, so that one
/// activation never uses a name twice and two hardly ever meet.
/// </summary>
internal struct WriteIds
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;
    private ulong _at;

    /// <summary>Starts at a random number.</summary>
    public WriteIds(RandomNumberGenerator random)
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        random.GetBytes(seed);
        _at = BitConverter.ToUInt64(seed);
    }

    /// <summary>The next name; never 0.</summary>
    public ulong Next()
    {
        _at += Step;
        return _at == 0 ? Next() : Mix(_at);
    }

    /// <summary>The finalizer of SplitMix64: one to one, and only 0 becomes 0.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
        return x ^ (x >> 31);
    }
}
