namespace PosteRestante.Storage.Engine;

/// <summary>
/// Where a record is and which write made it what it is.
/// </summary>
/// <param name="Id">The row of the write that created the record: unique for ever, and the order of payloads on disk.</param>
/// <param name="Etag">The row of the write that it holds; 0 when there is no record.</param>
internal readonly record struct RecordVersion(long Id, long Etag)
{
    public static RecordVersion Absent => default;

    public bool Exists => Etag != 0;

    /// <summary>The record was replaced since it was created.</summary>
    public bool IsRewritten => Etag != Id;
}
