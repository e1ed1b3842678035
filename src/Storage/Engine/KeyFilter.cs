using System.Runtime.CompilerServices;

namespace PosteRestante.Storage.Engine;

/// <summary>
/// Says of most absent keys that they are absent, without a look at the disk: split-block Bloom filters, each
/// twice the size of the one before, up to a limit of memory. Never forgets a key it was told; past the limit
/// only its false positives grow. One thread adds, any thread asks.
/// </summary>
internal sealed class KeyFilter
{
    private const int WordsPerBlock = 8;
    private const int BytesPerBlock = WordsPerBlock * sizeof(uint);

    /// <summary>Twelve bits a key: about one false positive in two hundred, in each layer.</summary>
    private const int BitsPerKey = 12;

    private readonly long _bytesLimit;
    private volatile Layer[] _layers;

    /// <param name="expectedKeys">How many keys the first layer is sized for.</param>
    /// <param name="firstBytes">Smallest first layer, in bytes.</param>
    /// <param name="bytesLimit">All layers together, in bytes; the first layer is always made.</param>
    public KeyFilter(long expectedKeys, long firstBytes, long bytesLimit)
    {
        _bytesLimit = bytesLimit;
        long wanted = long.Max(firstBytes, expectedKeys * BitsPerKey / 8);
        _layers = [new Layer(long.Min(wanted, long.Max(firstBytes, bytesLimit)))];
    }

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes => _layers.Sum(static layer => layer.Bytes);

    public void Add(ulong hash)
    {
        Layer last = _layers[^1];
        if (last.IsFull && Bytes + (2 * last.Bytes) <= _bytesLimit)
        {
            last = new Layer(2 * last.Bytes);
            _layers = [.. _layers, last];
        }

        last.Add(hash);
    }

    /// <summary>False: the key was never added.</summary>
    public bool MayContain(ulong hash)
    {
        foreach (Layer layer in _layers)
        {
            if (layer.MayContain(hash))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Layer(long bytes)
    {
        private readonly uint[] _words = new uint[long.Max(1, bytes / BytesPerBlock) * WordsPerBlock];
        private long _keys;

        public long Bytes => (long)_words.Length * sizeof(uint);

        public bool IsFull => _keys >= Bytes * 8 / BitsPerKey;

        public void Add(ulong hash)
        {
            Span<uint> block = Block(hash);
            for (int i = 0; i < WordsPerBlock; i++)
            {
                block[i] |= Bit(hash, i);
            }

            _keys++;
        }

        public bool MayContain(ulong hash)
        {
            Span<uint> block = Block(hash);
            for (int i = 0; i < WordsPerBlock; i++)
            {
                if ((block[i] & Bit(hash, i)) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The upper half of the hash chooses the block.</summary>
        private Span<uint> Block(ulong hash)
        {
            ulong block = ((hash >> 32) * (ulong)(_words.Length / WordsPerBlock)) >> 32;
            return _words.AsSpan((int)block * WordsPerBlock, WordsPerBlock);
        }

        /// <summary>The lower half, times an odd number per word, chooses one bit of each word.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Bit(ulong hash, int word) => 1u << (int)(((uint)hash * Factors[word]) >> 27);

        private static ReadOnlySpan<uint> Factors =>
        [
            0x47B6137B, 0x44974D91, 0x8824AD5B, 0xA2B7289D, 0x705495C7, 0x2DF1424B, 0x9EFC4947, 0x5C6BFB31,
        ];
    }
}
