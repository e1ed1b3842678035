using System.Text;

namespace Orleans.Runtime;

/// <summary>One part of a grain id: UTF-8 octets with their hash.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly byte[]? _value;
    private readonly int _hash;

    /// <param name="value">The octets; owned by this value from here on.</param>
    public IdSpan(byte[] value)
    {
        _value = value;
        _hash = Hash(value);
    }

    /// <summary>The octets.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Whether there is nothing here.</summary>
    public bool IsDefault => _value is null || _value.Length == 0;

    /// <summary>The part whose text is <paramref name="id"/>.</summary>
    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    /// <summary>The octets.</summary>
    public ReadOnlySpan<byte> AsSpan() => _value;

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) =>
        ReferenceEquals(_value, obj._value) || (_hash == obj._hash && AsSpan().SequenceEqual(obj.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => (uint)_hash;

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <inheritdoc/>
    public override string ToString() => _value is null ? "" : Encoding.UTF8.GetString(_value);

    /// <summary>Equality of octets.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Inequality of octets.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    // FNV-1a over the octets, then mixed: the same in every process, so that a seed replays exactly.
    private static int Hash(ReadOnlySpan<byte> value)
    {
        var hash = 2166136261u;
        foreach (var octet in value)
        {
            hash = (hash ^ octet) * 16777619u;
        }

        hash ^= hash >> 16;
        hash *= 0x85ebca6bu;
        return (int)(hash ^ (hash >> 13));
    }
}
