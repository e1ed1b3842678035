namespace PosteRestante.Storage.Engine;

/// <summary>One read that memory could not answer.</summary>
internal sealed class ReadRequest(RecordKey key)
    : TaskCompletionSource<StoredRecord>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public RecordKey Key { get; } = key;
}
