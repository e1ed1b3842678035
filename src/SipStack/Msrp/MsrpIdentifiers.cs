using System.Buffers.Binary;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// Makes transaction ids (64 random bits, RFC 4975 7.1), Message-IDs and session-ids (more than 80, 14.1). Belongs to
/// one loop.
/// </summary>
/// <param name="random">Fills a span with random octets: a cryptographic source, or a seeded one in tests.</param>
public sealed class MsrpIdentifiers(Action<Span<byte>> random)
{
    /// <summary>Characters of a transaction id: 16 hexadecimal digits.</summary>
    public const int TransactionIdLength = 16;

    private const int SessionIdLength = 26;
    private const int PoolLength = 2048;
    private readonly byte[] _pool = new byte[PoolLength];
    private int _used = PoolLength;

    /// <summary>Identifiers of a seed, for tests and the simulation.</summary>
    public static MsrpIdentifiers FromSeed(int seed)
    {
        Random random = new(seed);
        return new MsrpIdentifiers(span => random.NextBytes(span));
    }

    /// <summary>A session-id: 26 characters of lower-case base32, 130 bits.</summary>
    public string NextSessionId() => NextText(SessionIdLength);

    /// <summary>A Message-ID: 26 characters of lower-case base32.</summary>
    public string NextMessageId() => NextText(SessionIdLength);

    /// <summary>A transaction id as the number that its digits write.</summary>
    internal ulong NextTransaction()
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        Take(octets);
        return BinaryPrimitives.ReadUInt64LittleEndian(octets);
    }

    /// <summary>Writes the digits of a transaction id.</summary>
    internal static void Format(ulong transaction, Span<byte> text)
    {
        for (int i = TransactionIdLength - 1; i >= 0; i--)
        {
            text[i] = "0123456789abcdef"u8[(int)(transaction & 15)];
            transaction >>= 4;
        }
    }

    /// <summary>Reads the digits of a transaction id of ours; false when it is none of ours.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out ulong transaction)
    {
        transaction = 0;
        if (text.Length != TransactionIdLength)
        {
            return false;
        }

        foreach (byte digit in text)
        {
            int value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            transaction = (transaction << 4) | (uint)value;
        }

        return true;
    }

    private string NextText(int length) => string.Create(length, this, static (text, source) =>
    {
        Span<byte> octets = stackalloc byte[text.Length];
        source.Take(octets);
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = "abcdefghijklmnopqrstuvwxyz234567"[octets[i] & 31];
        }
    });

    private void Take(Span<byte> octets)
    {
        if (_used + octets.Length > PoolLength)
        {
            random(_pool);
            _used = 0;
        }

        _pool.AsSpan(_used, octets.Length).CopyTo(octets);
        _used += octets.Length;
    }
}
