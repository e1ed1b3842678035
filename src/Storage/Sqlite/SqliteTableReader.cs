using Microsoft.Data.Sqlite;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Sqlite;

/// <summary>Finds records by name: the keys of late first, the index after them, so that a merge in between hides nothing.</summary>
internal sealed class SqliteTableReader : ITableReader
{
    private readonly RecentKeys _recent;
    private readonly SqliteConnection _connection;
    private readonly Statement _ids;
    private readonly Statement _version;
    private readonly Statement _record;

    public SqliteTableReader(string path, RecentKeys recent, long cacheBytes)
    {
        _recent = recent;
        _connection = SqliteFile.Open(path, $"cache_size=-{cacheBytes / 1024}", "query_only=ON");
        _ids = new Statement(_connection, "SELECT id FROM keys WHERE hash = ?");
        _version = new Statement(_connection, "SELECT name, etag FROM records WHERE id = ?1 UNION ALL SELECT name, etag FROM rewritten WHERE id = ?1");
        _record = new Statement(_connection, "SELECT name, etag, value FROM records WHERE id = ?1 UNION ALL SELECT name, etag, value FROM rewritten WHERE id = ?1");
    }

    public RecordVersion Find(in RecordKey key) => Look(key, _version, withValue: false).Version;

    public StoredRecord Read(in RecordKey key) => Look(key, _record, withValue: true);

    public void Dispose()
    {
        _ids.Dispose();
        _version.Dispose();
        _record.Dispose();
        _connection.Dispose();
    }

    private StoredRecord Look(in RecordKey key, Statement records, bool withValue)
    {
        try
        {
            if (_recent.TryGet(key.Hash, out long recent) && TryRow(key, recent, records, withValue, out StoredRecord record))
            {
                return record;
            }

            return LookInIndex(key, records, withValue);
        }
        catch (SqliteException failure)
        {
            throw SqliteFile.Failure("The tables cannot be read", failure);
        }
    }

    private StoredRecord LookInIndex(in RecordKey key, Statement records, bool withValue)
    {
        _ids.Bind(1, unchecked((long)key.Hash));
        try
        {
            while (_ids.Step())
            {
                if (TryRow(key, _ids.Int64(0), records, withValue, out StoredRecord record))
                {
                    return record;
                }
            }

            return StoredRecord.Absent;
        }
        finally
        {
            _ids.Reset();
        }
    }

    /// <summary>The row may be of another record with the same hash, or gone.</summary>
    private static bool TryRow(in RecordKey key, long id, Statement records, bool withValue, out StoredRecord record)
    {
        record = default;
        records.Bind(1, id);
        try
        {
            if (!records.Step() || !records.Octets(0).SequenceEqual(key.Name))
            {
                return false;
            }

            byte[] value = withValue ? records.Octets(2).ToArray() : [];
            record = new StoredRecord(new RecordVersion(id, records.Int64(1)), value);
            return true;
        }
        finally
        {
            records.Reset();
        }
    }
}
