namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>
/// The key of a deferred message: 26 characters of lower-case base32 (RFC 4648 6, a–z 2–7, 130 bits), the user part of its
/// Message-ID <c>sip:KEY@HOST</c> (D16). Compared with case.
/// </summary>
public readonly record struct MessageKey
{
    /// <summary>Characters in a key.</summary>
    public const int Length = 26;

    /// <summary>Octets of a hash that a key needs: 130 bits.</summary>
    public const int HashOctets = 17;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private MessageKey(string value) => Value = value;

    /// <summary>The 26 characters.</summary>
    public string Value { get; }

    /// <summary>True for <c>default</c>, which is no key.</summary>
    public bool IsDefault => Value is null;

    /// <summary>The key that is made of the first 130 bits of a keyed hash.</summary>
    /// <exception cref="ArgumentException">Fewer than <see cref="HashOctets"/> octets.</exception>
    public static MessageKey FromHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length < HashOctets)
        {
            throw new ArgumentException($"A message key needs {HashOctets} octets of hash.", nameof(hash));
        }

        Span<char> text = stackalloc char[Length];
        int bits = 0, buffered = 0, next = 0;
        for (var i = 0; i < Length; i++)
        {
            if (buffered < 5)
            {
                bits = (bits << 8) | hash[next++];
                buffered += 8;
            }

            text[i] = Alphabet[(bits >> (buffered - 5)) & 31];
            buffered -= 5;
            bits &= (1 << buffered) - 1;
        }

        return new MessageKey(new string(text));
    }

    /// <summary>Takes text that claims to be a key, from a URI or a grain.</summary>
    public static bool TryParse(string? text, out MessageKey key)
    {
        var wellFormed = text is { Length: Length } && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));
        key = wellFormed ? new MessageKey(text!) : default;
        return wellFormed;
    }

    /// <inheritdoc/>
    public override string ToString() => Value ?? string.Empty;
}
