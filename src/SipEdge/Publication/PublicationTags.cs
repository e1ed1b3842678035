using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PosteRestante.SipStack.Sip;

namespace PosteRestante.SipEdge.Publication;

/// <summary>
/// Makes entity-tags (RFC 3903 9.1) that need no memory: the version of the settings that they stand for and the end of the
/// publication, under a keyed hash that also covers whose and which package's they are. Any node can judge them, after a restart too.
/// </summary>
public sealed class PublicationTags(byte[] secret, SipIdentifiers random)
{
    private const int VersionLength = 8;
    private const int TimeLength = 8;
    private const int RandomLength = 8;
    private const int SignedLength = VersionLength + TimeLength + RandomLength;
    private const int SignatureLength = 16;

    /// <summary>Makes a tag; each is another one (RFC 3903 6).</summary>
    internal string Create(string mailbox, string package, long version, DateTimeOffset expiresAt)
    {
        Span<byte> tag = stackalloc byte[SignedLength + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(tag, version);
        BinaryPrimitives.WriteInt64BigEndian(tag[VersionLength..], expiresAt.UtcTicks);
        random.NextOctets(tag.Slice(VersionLength + TimeLength, RandomLength));
        Sign(mailbox, package, tag[..SignedLength], tag[SignedLength..]);
        return Convert.ToHexStringLower(tag);
    }

    /// <summary>The version that a tag stands for; 0 when it is none of ours for this user and package, or has expired.</summary>
    internal long VersionOf(string tag, string mailbox, string package, DateTimeOffset now)
    {
        Span<byte> octets = stackalloc byte[SignedLength + SignatureLength];
        Span<byte> signature = stackalloc byte[SignatureLength];
        if (tag.Length != 2 * octets.Length
            || Convert.FromHexString(tag, octets, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return 0;
        }

        Sign(mailbox, package, octets[..SignedLength], signature);
        return CryptographicOperations.FixedTimeEquals(signature, octets[SignedLength..])
            && BinaryPrimitives.ReadInt64BigEndian(octets[VersionLength..]) > now.UtcTicks
                ? BinaryPrimitives.ReadInt64BigEndian(octets)
                : 0;
    }

    private void Sign(string mailbox, string package, ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(content);
        hash.AppendData(Encoding.UTF8.GetBytes($"{package}\n{mailbox}")); // a token has no line end
        hash.GetHashAndReset(mac);
        mac[..SignatureLength].CopyTo(signature);
    }
}
