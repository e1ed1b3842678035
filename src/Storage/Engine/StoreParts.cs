using PosteRestante.Storage.Telemetry;

namespace PosteRestante.Storage.Engine;

/// <summary>What the store's workers share.</summary>
internal sealed class StoreParts
{
    private long _appliedRow;

    public StoreParts(StoreLimitsOptions limits)
    {
        Limits = limits;
        Writes = new WorkQueue<WriteRequest>(limits.QueuedWrites, WriterSignal);
        Reads = new WorkQueue<ReadRequest>(limits.QueuedReads, ReaderSignal);
        Rounds = new RoundExchange(WriterSignal, ApplierSignal);
    }

    public StoreLimitsOptions Limits { get; }

    public required TimeProvider Time { get; init; }

    public required IJournal Journal { get; init; }

    public required IRecordTables Tables { get; init; }

    public required KeyFilter Filter { get; init; }

    public IDurabilityObserver? Observer { get; init; }

    public StorageInstruments? Instruments { get; init; }

    public CommittedView View { get; } = new();

    public Signal WriterSignal { get; } = new();

    public Signal ApplierSignal { get; } = new();

    public Signal ReaderSignal { get; } = new();

    public WorkQueue<WriteRequest> Writes { get; }

    public WorkQueue<ReadRequest> Reads { get; }

    public RoundExchange Rounds { get; }

    /// <summary>The last row that the tables hold; set by the applier.</summary>
    public long AppliedRow
    {
        get => Volatile.Read(ref _appliedRow);
        set => Volatile.Write(ref _appliedRow, value);
    }
}
