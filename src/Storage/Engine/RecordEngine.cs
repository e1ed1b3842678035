using Microsoft.Extensions.Logging;
using PosteRestante.Storage.Telemetry;

namespace PosteRestante.Storage.Engine;

/// <summary>
/// The store without its threads and disks: keyed records, each changed by compare-and-swap, acknowledged after
/// the sync of the journal. Its workers do the work; who calls them decides how it is scheduled.
/// </summary>
internal sealed class RecordEngine
{
    private const long SmallestFilter = 256 * 1024;
    private readonly StoreParts _parts;
    private readonly KeyHasher _hasher;

    private RecordEngine(StoreParts parts, long lastRow, ILogger logger)
    {
        _parts = parts;
        _hasher = parts.Tables.Hasher;
        Writer = new StoreWriter(parts, parts.Tables.OpenReader(), lastRow + 1);
        Applier = new StoreApplier(parts, logger);
        Reader = new StoreReader(parts, parts.Tables.OpenReader());
    }

    public IWorker Writer { get; }

    public IWorker Applier { get; }

    public IWorker Reader { get; }

    public StoreLimitsOptions Limits => _parts.Limits;

    /// <summary>Recovers what a crash left and opens the engine over it.</summary>
    /// <exception cref="StorageFailureException">The store cannot be read.</exception>
    public static RecordEngine Open(
        IJournal journal,
        IRecordTables tables,
        StoreLimitsOptions limits,
        TimeProvider time,
        ILogger logger,
        IDurabilityObserver? observer = null,
        StorageInstruments? instruments = null)
    {
        long lastRow;
        using (ITableReader reader = tables.OpenReader())
        {
            lastRow = new Recovery(journal, tables, reader, limits).Run();
        }

        var filter = new KeyFilter(2 * tables.EstimateCount(), SmallestFilter, limits.FilterBytes);
        tables.VisitKeyHashes(filter.Add);
        var parts = new StoreParts(limits)
        {
            Time = time,
            Journal = journal,
            Tables = tables,
            Filter = filter,
            Observer = observer,
            Instruments = instruments,
            AppliedRow = lastRow,
        };
        return new RecordEngine(parts, lastRow, logger);
    }

    /// <summary>The key of a record's name. The octets belong to the key from here on.</summary>
    public RecordKey Key(byte[] name) => new(name, _hasher.Hash(name));

    /// <summary>Reads a committed record; answered from memory at once where that suffices.</summary>
    /// <exception cref="StorageFailureException">The store cannot be read, is overloaded, or is closed.</exception>
    public ValueTask<StoredRecord> ReadAsync(RecordKey key)
    {
        if (_parts.View.TryGet(key, out MemEntry entry))
        {
            return ValueTask.FromResult(new StoredRecord(entry.Version, entry.Value));
        }

        if (!_parts.Filter.MayContain(key.Hash))
        {
            return ValueTask.FromResult(StoredRecord.Absent);
        }

        var request = new ReadRequest(key);
        Accept(_parts.Reads.Add(request));
        return new ValueTask<StoredRecord>(request.Task);
    }

    /// <summary>Writes a record if its ETag is the expected one; 0 expects that there is none. Completes after the sync.</summary>
    /// <exception cref="StorageFailureException">The write was refused, or it is not known whether it was made.</exception>
    public Task<WriteResult> WriteAsync(RecordKey key, long expectedEtag, ReadOnlyMemory<byte> value) =>
        WriteAsync(new WriteRequest(key, WriteKind.Put, expectedEtag, value));

    /// <inheritdoc cref="WriteAsync(RecordKey, long, ReadOnlyMemory{byte})"/>
    public Task<WriteResult> WriteAsync(WriteRequest request)
    {
        if (request.Value.Length > _parts.Limits.RecordBytes)
        {
            throw new StorageFailureException(
                StorageFailureKind.Refused,
                $"A record of {request.Value.Length} bytes is over the limit of {_parts.Limits.RecordBytes} (RecordBytes).");
        }

        return Enqueue(request);
    }

    /// <summary>Removes a record if its ETag is the expected one.</summary>
    /// <exception cref="StorageFailureException">The removal was refused, or it is not known whether it was made.</exception>
    public Task<WriteResult> ClearAsync(RecordKey key, long expectedEtag) =>
        Enqueue(new WriteRequest(key, WriteKind.Clear, expectedEtag, default));

    /// <summary>Takes no more requests; the workers finish what was accepted, fill the tables and end.</summary>
    public void BeginClose()
    {
        _parts.Rounds.BeginClose();
        _parts.Writes.Close();
        _parts.Reads.Close();
    }

    private Task<WriteResult> Enqueue(WriteRequest request)
    {
        Accept(_parts.Writes.Add(request));
        return request.Task;
    }

    private void Accept(QueueAnswer answer)
    {
        if (answer == QueueAnswer.Added)
        {
            return;
        }

        _parts.Instruments?.Refused();
        throw new StorageFailureException(
            StorageFailureKind.NotExecuted,
            answer == QueueAnswer.Full ? "The store is overloaded: its queue is full." : "The store is closed.");
    }
}
