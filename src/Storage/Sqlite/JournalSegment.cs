using Microsoft.Data.Sqlite;
using PosteRestante.Storage.Engine;
using SQLitePCL;

namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// One SQLite file of the journal. Its rows live in the write-ahead log alone: no checkpoint ever copies them
/// into the file proper. When the tables hold all of them, the log's header is overwritten, which makes the log
/// empty to SQLite, and the next rows overwrite the old ones in place: the file does not grow, so a sync has no
/// metadata to write.
/// </summary>
internal sealed class JournalSegment : IDisposable
{
    /// <summary>
    /// Bytes in a page of the journal. A batch is written page by page, two system calls each, so larger pages cost
    /// less for a full batch and more for a single write, which takes three at least.
    /// </summary>
    public const int PageSize = 16 * 1024;

    private const string Schema = "CREATE TABLE journal (row INTEGER PRIMARY KEY, last INTEGER NOT NULL, writes BLOB NOT NULL)";

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE: closing must leave the log as it is.</summary>
    private const int NoCheckpointOnClose = 1006;

    /// <summary>Octets of the header of a write-ahead log (SQLite file format, 4.1); zeros in it mean an empty log.</summary>
    private const int LogHeaderBytes = 32;

    private readonly string _path;
    private SqliteConnection? _connection;
    private Statement? _begin;
    private Statement? _append;
    private Statement? _commit;
    private long _openRow;
    private long _openBytes;

    public JournalSegment(string path) => _path = path;

    /// <summary>The last row in the segment; 0 when it is empty.</summary>
    public long LastRow { get; private set; }

    /// <summary>Bytes appended since the segment was empty.</summary>
    public long Bytes { get; private set; }

    public SqliteConnection Connection => _connection ?? throw new InvalidOperationException("The segment is not open.");

    private string LogPath => _path + "-wal";

    /// <summary>Makes a new segment's file, complete and durable before it has its name.</summary>
    public static void Create(string path)
    {
        string unfinished = path + ".new";
        Delete(unfinished);
        using (SqliteConnection connection = SqliteFile.Open(
            unfinished, $"page_size={PageSize}", "journal_mode=WAL", "synchronous=FULL"))
        {
            SqliteFile.Execute(connection, Schema);
        }

        string folder = Path.GetDirectoryName(path)!;
        DirectorySync.Sync(folder);
        File.Move(unfinished, path);
        DirectorySync.Sync(folder);
    }

    public void Open()
    {
        // Exclusive: the log's index is on the heap, and no file lock is taken per commit.
        _connection = SqliteFile.Open(
            _path, "locking_mode=EXCLUSIVE", "synchronous=FULL", "wal_autocheckpoint=0", "cache_spill=OFF");
        raw.sqlite3_db_config(_connection.Handle!, NoCheckpointOnClose, 1, out _);
        _begin = new Statement(_connection, "BEGIN IMMEDIATE");
        _commit = new Statement(_connection, "COMMIT");
        _append = new Statement(_connection, "INSERT INTO journal (row, last, writes) VALUES (?, ?, ?)");
        using var last = new Statement(_connection, "SELECT last FROM journal ORDER BY row DESC LIMIT 1");
        LastRow = last.Step() ? last.Int64(0) : 0;
    }

    public void Replay(long afterRow, Engine.JournalVisitor visit)
    {
        using var blocks = new Statement(Connection, "SELECT row, writes FROM journal WHERE last > ? ORDER BY row");
        blocks.Bind(1, afterRow);
        while (blocks.Step())
        {
            visit(blocks.Int64(0), blocks.Octets(1));
        }
    }

    public void Begin() => _begin!.Run();

    public void Append(long firstRow, long lastRow, ReadOnlySpan<byte> block)
    {
        _append!.Bind(1, firstRow).Bind(2, lastRow).Bind(3, block).Run();
        _openRow = lastRow;
        _openBytes += block.Length;
    }

    /// <summary>Syncs the open batch; when it returns, the batch is in the log on disk.</summary>
    public void Commit()
    {
        _commit!.Run();
        LastRow = _openRow;
        Bytes += _openBytes;
        _openBytes = 0;
    }

    /// <summary>Undoes the open batch, unless SQLite did so by itself, as it does on an I/O error.</summary>
    public void Undo()
    {
        _openBytes = 0;
        if (raw.sqlite3_get_autocommit(Connection.Handle!) == 0)
        {
            SqliteFile.Execute(Connection, "ROLLBACK");
        }
    }

    /// <summary>Empties a closed or open segment; its rows must be in the synced tables.</summary>
    public void Clear(long keepLogBytes)
    {
        Dispose();
        (LastRow, Bytes) = (0, 0);
        if (!File.Exists(LogPath))
        {
            return;
        }

        using var log = new FileStream(LogPath, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        if (log.Length > keepLogBytes)
        {
            log.SetLength(keepLogBytes);
        }

        log.Write(stackalloc byte[LogHeaderBytes]);
        log.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        _begin?.Dispose();
        _append?.Dispose();
        _commit?.Dispose();
        _connection?.Dispose();
        _connection = null;
    }

    private static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }
}
