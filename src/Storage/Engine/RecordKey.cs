namespace PosteRestante.Storage.Engine;

/// <summary>The name of a record as octets, with its hash. The octets are never changed after construction.</summary>
internal readonly struct RecordKey(byte[] name, ulong hash) : IEquatable<RecordKey>
{
    public byte[] Name { get; } = name;

    public ulong Hash { get; } = hash;

    public bool Equals(RecordKey other) => Hash == other.Hash && Name.AsSpan().SequenceEqual(other.Name);

    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    public override int GetHashCode() => (int)Hash;
}
