using Microsoft.Extensions.Logging;
using Orleans.Storage;
using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Providers;
using PosteRestante.Storage.Telemetry;

namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// The embedded durable store, opened: its files, its lock, its three threads. A write is acknowledged after a
/// sync; see <c>docs/adr/0003-local-store.md</c> for what that survives.
/// </summary>
public sealed class SqliteStore : IAsyncDisposable, IDisposable
{
    private readonly StoreLock _lock;
    private readonly SqliteJournal _journal;
    private readonly SqliteTables _tables;
    private readonly WorkerThread[] _threads;
    private bool _closed;

    private SqliteStore(StoreLock folderLock, SqliteJournal journal, SqliteTables tables, RecordEngine engine)
    {
        _lock = folderLock;
        _journal = journal;
        _tables = tables;
        Engine = engine;
        _threads =
        [
            new WorkerThread(engine.Writer, "store writer"),
            new WorkerThread(engine.Applier, "store applier"),
            new WorkerThread(engine.Reader, "store reader"),
        ];
    }

    internal RecordEngine Engine { get; }

    internal SqliteJournal Journal => _journal;

    /// <summary>Opens the store, creating its folder at the first start and replaying its journal at every other.</summary>
    /// <exception cref="StorageFailureException">The folder is in use, or its files cannot be read.</exception>
    public static SqliteStore Open(
        SqliteStoreOptions options,
        TimeProvider time,
        ILogger<SqliteStore> logger,
        IDurabilityObserver? observer = null,
        StorageInstruments? instruments = null)
    {
        string folder = Path.GetFullPath(options.Folder);
        CreateFolder(folder);
        var folderLock = StoreLock.Take(folder);
        SqliteJournal? journal = null;
        SqliteTables? tables = null;
        try
        {
            tables = new SqliteTables(folder, options);
            journal = new SqliteJournal(folder, options.SegmentBytes);
            var engine = RecordEngine.Open(journal, tables, options.Limits, time, logger, observer, instruments);
            return new SqliteStore(folderLock, journal, tables, engine);
        }
        catch
        {
            journal?.Dispose();
            tables?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>The store as grain storage; records become octets by <paramref name="serializer"/>.</summary>
    public IGrainStorage CreateGrainStorage(IGrainStorageSerializer serializer) => new EngineGrainStorage(Engine, serializer);

    /// <summary>Finishes every accepted write, fills and syncs the tables, and lets go of the folder.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Finishes every accepted write, fills and syncs the tables, and lets go of the folder; waits for it.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        Engine.BeginClose();
        foreach (WorkerThread thread in _threads)
        {
            thread.Join();
        }

        _journal.Dispose();
        _tables.Dispose();
        _lock.Dispose();
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
        {
            DirectorySync.Sync(parent);
        }
    }
}
