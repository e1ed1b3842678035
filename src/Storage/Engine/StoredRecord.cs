namespace PosteRestante.Storage.Engine;

/// <summary>A record as the store holds it. The value is never changed after the write that brought it.</summary>
internal readonly record struct StoredRecord(RecordVersion Version, ReadOnlyMemory<byte> Value)
{
    public static StoredRecord Absent => default;

    public bool Exists => Version.Exists;
}
