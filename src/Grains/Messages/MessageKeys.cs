using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PosteRestante.Grains.Messages;

/// <summary>
/// Makes message keys: a keyed hash over the mailbox and what makes two arrivals the same message. Nobody without the
/// deployment's secret can guess one (D16), and the same message always has the same one, across restarts and silos.
/// </summary>
internal sealed class MessageKeys(KeySecret secret)
{
    private const int StackOctets = 512;

    // The keyed hash is the dear part to set up. One is kept; who finds it taken by another thread makes one more.
    private IncrementalHash? _spare;

    /// <summary>Which secret they are made with.</summary>
    public int KeyId => secret.KeyId;

    /// <summary>The key of a message.</summary>
    /// <param name="mailbox">The mailbox key.</param>
    /// <param name="dedupeKey">The canonical octets of the message's identity.</param>
    public PackedKey Derive(string mailbox, ReadOnlySpan<byte> dedupeKey)
    {
        // The length in front keeps the two parts apart: no pair of them reads like another.
        var mailboxOctets = Encoding.UTF8.GetByteCount(mailbox);
        var length = sizeof(int) + mailboxOctets + dedupeKey.Length;
        var source = length <= StackOctets ? stackalloc byte[length] : new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(source, mailboxOctets);
        Encoding.UTF8.GetBytes(mailbox, source[sizeof(int)..]);
        dedupeKey.CopyTo(source[(sizeof(int) + mailboxOctets)..]);

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(source, hash);
        return PackedKey.FromHash(hash);
    }

    private void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var hash = Interlocked.Exchange(ref _spare, null)
            ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Octets);
        hash.AppendData(source);
        hash.GetHashAndReset(destination);
        Interlocked.Exchange(ref _spare, hash)?.Dispose();
    }
}
