using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>
/// Makes nonces that need no memory: time of issue, random octets, and a signature over both and the realm (RFC 7616 5.8).
/// </summary>
internal sealed class NonceSigner(byte[] secret, string realm, SipIdentifiers random)
{
    private const int TimeLength = 8;
    private const int RandomLength = 8;
    private const int SignatureLength = 16;
    private const int SignedLength = TimeLength + RandomLength;

    private readonly byte[] _realm = Encoding.UTF8.GetBytes(realm);

    /// <summary>Makes a nonce.</summary>
    /// <param name="issuedAt">UTC ticks.</param>
    public string Create(long issuedAt)
    {
        Span<byte> nonce = stackalloc byte[SignedLength + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, issuedAt);
        random.NextOctets(nonce.Slice(TimeLength, RandomLength));
        Sign(nonce[..SignedLength], nonce[SignedLength..]);
        return Convert.ToHexStringLower(nonce);
    }

    /// <summary>Checks that a nonce is one of ours, and tells when it was issued.</summary>
    public bool TryRead(string nonce, out long issuedAt)
    {
        Span<byte> octets = stackalloc byte[SignedLength + SignatureLength];
        Span<byte> signature = stackalloc byte[SignatureLength];
        issuedAt = 0;
        if (nonce.Length != 2 * octets.Length
            || Convert.FromHexString(nonce, octets, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        issuedAt = BinaryPrimitives.ReadInt64BigEndian(octets);
        Sign(octets[..SignedLength], signature);
        return CryptographicOperations.FixedTimeEquals(signature, octets[SignedLength..]);
    }

    private void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(content);
        hash.AppendData(_realm);
        hash.GetHashAndReset(mac);
        mac[..SignatureLength].CopyTo(signature);
    }
}
