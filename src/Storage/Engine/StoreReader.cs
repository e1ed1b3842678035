namespace PosteRestante.Storage.Engine;

/// <summary>Answers the reads that memory could not, off the callers' threads.</summary>
internal sealed class StoreReader(StoreParts parts, ITableReader tables) : IWorker
{
    private List<ReadRequest> _taken = [];
    private int _next;

    public Signal Signal => parts.ReaderSignal;

    public TimeSpan Patience => Timeout.InfiniteTimeSpan;

    public bool Advance()
    {
        if (_next == _taken.Count)
        {
            _taken.Clear();
            _next = 0;
            _taken = parts.Reads.TakeAll(_taken);
        }

        if (_next == _taken.Count)
        {
            return false;
        }

        Answer(_taken[_next++]);
        return true;
    }

    public bool TryFinish()
    {
        if (!parts.Reads.IsClosed || parts.Reads.Count > 0)
        {
            return false;
        }

        tables.Dispose();
        return true;
    }

    private void Answer(ReadRequest request)
    {
        try
        {
            // Memory once more: the record may have been written since, and must be looked for there before the tables.
            request.TrySetResult(parts.View.TryGet(request.Key, out MemEntry entry)
                ? new StoredRecord(entry.Version, entry.Value)
                : tables.Read(request.Key));
        }
        catch (StorageFailureException failure)
        {
            request.TrySetException(new StorageFailureException(failure.Kind, "The store could not read the record.", failure));
        }
    }
}
