using System.Security.Cryptography;
using System.Text;

namespace PosteRestante.Grains.Messages;

/// <summary>
/// The secret under which message keys are made. It is never changed in place: the keys of everything stored depend on it.
/// </summary>
public sealed class KeySecret
{
    /// <summary>Octets of a secret.</summary>
    public const int Length = 32;

    private readonly byte[] _octets;

    /// <summary>Takes a secret.</summary>
    /// <exception cref="ArgumentException">It has not <see cref="Length"/> octets.</exception>
    public KeySecret(int keyId, ReadOnlySpan<byte> octets)
    {
        if (octets.Length != Length)
        {
            throw new ArgumentException($"A key secret has {Length} octets.", nameof(octets));
        }

        KeyId = keyId;
        _octets = octets.ToArray();
    }

    /// <summary>Which secret it is; stands in every record whose key was made with it.</summary>
    public int KeyId { get; }

    internal ReadOnlySpan<byte> Octets => _octets;

    /// <summary>
    /// A secret for another purpose, the same across restarts: a keyed hash of the purpose's name. Whoever learns it learns
    /// nothing of this one.
    /// </summary>
    /// <param name="purpose">At least four letters: what message keys hash begins with a length, which never reads as letters.</param>
    public byte[] Derive(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        return HMACSHA256.HashData(_octets, Encoding.UTF8.GetBytes(purpose));
    }
}
