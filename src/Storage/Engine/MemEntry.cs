namespace PosteRestante.Storage.Engine;

/// <summary>The last committed write of one record, over what the tables hold of it.</summary>
/// <param name="Version">The record's version; absent after a removal, which hides the tables' row.</param>
/// <param name="Value">The record's octets.</param>
/// <param name="Base">The version that the tables hold when the round is applied; absent when they never saw the record.</param>
internal readonly record struct MemEntry(RecordVersion Version, ReadOnlyMemory<byte> Value, RecordVersion Base)
{
    /// <summary>The tables do not know the record's key.</summary>
    public bool IsNew => Version.Exists && Version.Id != Base.Id;

    /// <summary>The row that the tables hold is another record's, which is gone.</summary>
    public bool RemovesBase => Base.Exists && Version.Id != Base.Id;
}
