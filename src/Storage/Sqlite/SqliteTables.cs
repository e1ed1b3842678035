using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PosteRestante.Storage.Engine;
using SQLitePCL;

namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// The keyed file. Its transactions are not synced by themselves (WAL, synchronous=NORMAL): a crash may lose the
/// last of them whole, never a part, and the journal has what they held until <see cref="Sync"/> has been true.
/// </summary>
internal sealed class SqliteTables : IRecordTables
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "tables.db";

    private readonly string _path;
    private readonly SqliteStoreOptions _options;
    private readonly RecentKeys _recent = new();
    private readonly SqliteConnection _connection;
    private readonly RoundWriter _rounds;

    public SqliteTables(string folder, SqliteStoreOptions options)
    {
        _path = Path.Combine(folder, FileName);
        _options = options;
        try
        {
            _connection = SqliteFile.Open(
                _path,
                $"page_size={SqliteFile.PageSize}",
                "journal_mode=WAL",
                "synchronous=NORMAL",
                "wal_autocheckpoint=0",
                $"cache_size=-{options.TableCacheBytes / 1024}");
            Prepare(folder);
            AppliedRow = SqliteFile.Query<long>(_connection, "SELECT value FROM store WHERE name = 'appliedRow'");
            Hasher = KeyHasher.FromSeed(SqliteFile.Query<byte[]>(_connection, "SELECT value FROM store WHERE name = 'seed'"));
            LoadRecentKeys();
            _rounds = new RoundWriter(_connection, _recent, options.RecentKeys);
        }
        catch (SqliteException failure)
        {
            _connection?.Dispose();
            throw SqliteFile.Failure($"The tables '{_path}' cannot be opened", failure);
        }
    }

    public long AppliedRow { get; private set; }

    public KeyHasher Hasher { get; }

    public long EstimateCount()
    {
        using var count = new Statement(_connection, "SELECT count(*) FROM keys");
        count.Step();
        return count.Int64(0) + _recent.Count;
    }

    public void VisitKeyHashes(Action<ulong> visit)
    {
        using var hashes = new Statement(_connection, "SELECT hash FROM keys");
        while (hashes.Step())
        {
            visit(unchecked((ulong)hashes.Int64(0)));
        }

        foreach (KeyEntry key in _recent.All())
        {
            visit(key.Hash);
        }
    }

    public void Apply(MemTable round)
    {
        try
        {
            _rounds.Write(round);
            AppliedRow = round.LastRow;
        }
        catch (SqliteException failure)
        {
            if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            {
                SqliteFile.Execute(_connection, "ROLLBACK");
            }

            throw SqliteFile.Failure("The tables did not take the round", failure);
        }
    }

    public bool Sync()
    {
        int code = raw.sqlite3_wal_checkpoint_v2(
            _connection.Handle!, "main", raw.SQLITE_CHECKPOINT_RESTART, out int logged, out int copied);
        if (code is raw.SQLITE_OK or raw.SQLITE_BUSY)
        {
            // Busy means only that a reader kept the log from starting over; what was copied is synced.
            return copied == logged && logged >= 0;
        }

        try
        {
            SqliteException.ThrowExceptionForRC(code, _connection.Handle!);
            return false;
        }
        catch (SqliteException failure)
        {
            throw SqliteFile.Failure("The tables could not be synced", failure);
        }
    }

    public ITableReader OpenReader() => new SqliteTableReader(_path, _recent, _options.ReaderCacheBytes);

    public void Dispose()
    {
        _rounds.Dispose();
        _connection.Dispose();
    }

    private void Prepare(string folder)
    {
        long format = SqliteFile.Query<long>(_connection, "PRAGMA user_version");
        if (format == 0)
        {
            SqliteFile.Execute(_connection, $"BEGIN IMMEDIATE; {TableSchema.Create} COMMIT;");
            Sync();
            DirectorySync.Sync(folder);
        }
        else if (format != TableSchema.Format)
        {
            throw new StorageFailureException(
                StorageFailureKind.Damaged,
                $"The tables '{_path}' have format {format}; this version knows format {TableSchema.Format}. Use the version that wrote them.");
        }
    }

    private void LoadRecentKeys()
    {
        using var runs = new Statement(_connection, "SELECT entries FROM recent_keys ORDER BY part");
        while (runs.Step())
        {
            _recent.Add(MemoryMarshal.Cast<byte, KeyEntry>(runs.Octets(0)));
        }
    }
}
