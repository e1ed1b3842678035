namespace PosteRestante.Storage.Engine;

/// <summary>
/// One write on its way through the store, and the promise of its outcome. Until it is completed the writer
/// owns the part below the line.
/// </summary>
internal class WriteRequest(RecordKey key, WriteKind kind, long expectedEtag, ReadOnlyMemory<byte> value)
    : TaskCompletionSource<WriteResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public RecordKey Key { get; } = key;

    public WriteKind Kind { get; } = kind;

    /// <summary>The ETag that the record must have; 0 when there must be no record.</summary>
    public long ExpectedEtag { get; } = expectedEtag;

    public ReadOnlyMemory<byte> Value { get; } = value;

    // ---- the writer's

    public WriteResult Verdict { get; set; }

    /// <summary>The row that the write has in the journal; 0 when nothing was appended.</summary>
    public long Row { get; set; }

    /// <summary>The version that the write makes; absent when it removes the record.</summary>
    public RecordVersion Version { get; set; }

    /// <summary>The version that the write replaces or removes.</summary>
    public RecordVersion Replaced { get; set; }

    /// <summary>Tells the verdict, which is durable; on the writer's thread.</summary>
    public virtual void Complete() => TrySetResult(Verdict);
}
