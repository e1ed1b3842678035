using System.Text;

namespace PosteRestante.SipStack.Sip;

/// <summary>
/// Makes branches, tags, Call-IDs and nonces: 80 random bits and more each, so that nobody outside can guess a transaction or
/// a dialog. Belongs to one loop.
/// </summary>
public sealed class SipIdentifiers(RandomFill random)
{
    /// <summary>The length of a tag: 16 characters of 5 bits.</summary>
    public const int TagLength = 16;

    private const int Pool = 2048;
    private readonly byte[] _pool = new byte[Pool];
    private int _used = Pool;

    private static ReadOnlySpan<byte> Alphabet => "abcdefghijklmnopqrstuvwxyz234567"u8;

    /// <summary>Identifiers of a seed, for tests and the simulation.</summary>
    public static SipIdentifiers FromSeed(int seed)
    {
        var random = new Random(seed);
        return new SipIdentifiers(span => random.NextBytes(span));
    }

    /// <summary>A branch with the magic cookie (RFC 3261 8.1.1.7).</summary>
    public byte[] NextBranch()
    {
        var branch = new byte[7 + TagLength];
        "z9hG4bK"u8.CopyTo(branch);
        Fill(branch.AsSpan(7));
        return branch;
    }

    /// <summary>A tag (19.3).</summary>
    public string NextTag()
    {
        Span<byte> tag = stackalloc byte[TagLength];
        Fill(tag);
        return Encoding.ASCII.GetString(tag);
    }

    /// <summary>Writes a tag.</summary>
    public void NextTag(Span<byte> tag) => Fill(tag);

    /// <summary>A Call-ID (8.1.1.4), without a host: it would only tell who we are.</summary>
    public string NextCallId() => NextTag() + NextTag();

    /// <summary>Random octets.</summary>
    public void NextOctets(Span<byte> octets) => Take(octets);

    /// <summary>A number from 0 to one below the limit.</summary>
    public int Next(int limit)
    {
        Span<byte> octets = stackalloc byte[4];
        Take(octets);
        return (int)((BitConverter.ToUInt32(octets) * (ulong)limit) >> 32);
    }

    private void Fill(Span<byte> text)
    {
        Take(text);
        foreach (ref var octet in text)
        {
            octet = Alphabet[octet & 31];
        }
    }

    private void Take(Span<byte> octets)
    {
        if (_used + octets.Length > Pool)
        {
            random(_pool);
            _used = 0;
        }

        _pool.AsSpan(_used, octets.Length).CopyTo(octets);
        _used += octets.Length;
    }
}
