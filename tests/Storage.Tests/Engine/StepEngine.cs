using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Tests.Engine;

/// <summary>The engine over given disks, moved by the test alone.</summary>
internal sealed class StepEngine(IJournal journal, IRecordTables tables, StoreLimitsOptions limits, ManualTime time, IDurabilityObserver? observer = null)
{
    private readonly RecordEngine _engine = RecordEngine.Open(journal, tables, limits, time, NullLogger.Instance, observer);

    public RecordEngine Engine => _engine;

    /// <summary>A key by its number; with a hash of the test's choice where it is about collisions.</summary>
    public RecordKey Key(int number, ulong? hash = null)
    {
        byte[] name = BitConverter.GetBytes(number);
        return hash is { } chosen ? new RecordKey(name, chosen) : _engine.Key(name);
    }

    public StepWrite Write(RecordKey key, long etag, params byte[] value) => new(_engine.WriteAsync(key, etag, value));

    public StepWrite Clear(RecordKey key, long etag) => new(_engine.ClearAsync(key, etag));

    /// <summary>Writes and steps until the write is through.</summary>
    public WriteResult Written(RecordKey key, long etag, byte value)
    {
        StepWrite write = Write(key, etag, value);
        RunUntilIdle();
        return write.Result;
    }

    public StoredRecord Read(RecordKey key)
    {
        Task<StoredRecord> read = _engine.ReadAsync(key).AsTask();
        RunUntilIdle();
        return read.IsCompletedSuccessfully ? read.Result : throw new InvalidOperationException($"The read is {read.Status}.", read.Exception);
    }

    /// <summary>What a read finds without any worker's help.</summary>
    public StoredRecord ReadAtOnce(RecordKey key)
    {
        Task<StoredRecord> read = _engine.ReadAsync(key).AsTask();
        return read.IsCompletedSuccessfully ? read.Result : throw new InvalidOperationException("The read waits.");
    }

    public void RunUntilIdle()
    {
        while (_engine.Writer.Advance() || _engine.Applier.Advance() || _engine.Reader.Advance())
        {
        }
    }

    /// <summary>Steps the random worker first that the source chooses; false when none moved.</summary>
    public bool Step(Random random)
    {
        IWorker[] workers = [_engine.Writer, _engine.Applier, _engine.Reader];
        int first = random.Next(workers.Length);
        return Enumerable.Range(first, workers.Length).Any(index => workers[index % workers.Length].Advance());
    }
}
