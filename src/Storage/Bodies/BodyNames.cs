using System.Buffers.Binary;
using System.Security.Cryptography;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Storage.Bodies;

/// <summary>Makes names that were never used before, and reads from one when it was made.</summary>
internal sealed class BodyNames(TimeProvider time, RandomNumberGenerator random)
{
    private const int TimeOctets = 6;

    /// <summary>A name for a body that is stored now: 48 bits of milliseconds, the rest random.</summary>
    /// <exception cref="StorageFailureException">The mailbox or message cannot stand in a name.</exception>
    public BodyName Next(string mailbox, string message)
    {
        Span<byte> octets = stackalloc byte[sizeof(long) + BodyName.UploadOctets];
        BinaryPrimitives.WriteInt64BigEndian(octets, time.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        random.GetBytes(octets.Slice(TimeOctets, BodyName.UploadOctets - TimeOctets));
        MessageKey upload = MessageKey.FromHash(octets[..BodyName.UploadOctets]);
        return BodyName.TryParse($"{mailbox}/{message}/{upload.Value}", out BodyName? name)
            ? name
            : throw new StorageFailureException(StorageFailureKind.Refused, "This mailbox or message cannot name a body.");
    }

    /// <summary>When a body was stored.</summary>
    public static DateTimeOffset StoredAt(BodyName name)
    {
        // Ten characters of five bits hold the 48 bits of time and two more.
        long bits = 0;
        foreach (char c in name.Upload.AsSpan(0, 10))
        {
            bits = (bits << 5) | (long)(c is >= 'a' and <= 'z' ? c - 'a' : c - '2' + 26);
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(bits >> 2);
    }
}
