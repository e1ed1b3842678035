using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// Writes a round into the tables, in the order of the pages it touches: records by id, the new ones at the end;
/// keys as one run, or with all earlier runs merged into the index in the order of their hashes.
/// </summary>
internal sealed class RoundWriter : IDisposable
{
    private readonly RecentKeys _recent;
    private readonly int _recentLimit;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _append;
    private readonly Statement _rewrite;
    private readonly Statement _removeFirst;
    private readonly Statement _removeRewritten;
    private readonly Statement _addKey;
    private readonly Statement _removeKey;
    private readonly Statement _addRun;
    private readonly Statement _removeRuns;
    private readonly Statement _applied;
    private KeyValuePair<RecordKey, MemEntry>[] _records = [];
    private long[] _ids = [];
    private int[] _order = [];
    private readonly List<KeyEntry> _run = [];
    private readonly List<KeyEntry> _direct = [];

    public RoundWriter(SqliteConnection connection, RecentKeys recent, int recentLimit)
    {
        _recent = recent;
        _recentLimit = recentLimit;
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _append = new Statement(connection, "INSERT INTO records (id, etag, name, value) VALUES (?, ?, ?, ?)");
        _rewrite = new Statement(connection, "REPLACE INTO rewritten (id, etag, name, value) VALUES (?, ?, ?, ?)");
        _removeFirst = new Statement(connection, "DELETE FROM records WHERE id = ?");
        _removeRewritten = new Statement(connection, "DELETE FROM rewritten WHERE id = ?");
        _addKey = new Statement(connection, "INSERT OR IGNORE INTO keys (hash, id) VALUES (?, ?)");
        _removeKey = new Statement(connection, "DELETE FROM keys WHERE hash = ? AND id = ?");
        _addRun = new Statement(connection, "INSERT INTO recent_keys (entries) VALUES (?)");
        _removeRuns = new Statement(connection, "DELETE FROM recent_keys");
        _applied = new Statement(connection, "UPDATE store SET value = ? WHERE name = 'appliedRow'");
    }

    public void Write(MemTable round)
    {
        Sort(round);
        bool merge = _recent.Count + _run.Count >= _recentLimit;
        _begin.Run();
        WriteRecords(round.Count);
        WriteKeys(merge);
        _applied.Bind(1, round.LastRow).Run();
        _commit.Run();
        if (merge)
        {
            _recent.Clear();
        }
        else
        {
            _recent.Add(CollectionsMarshal.AsSpan(_run));
        }
    }

    public void Dispose()
    {
        foreach (Statement statement in (ReadOnlySpan<Statement>)[_begin, _commit, _append, _rewrite, _removeFirst, _removeRewritten, _addKey, _removeKey, _addRun, _removeRuns, _applied])
        {
            statement.Dispose();
        }
    }

    private void Sort(MemTable round)
    {
        _run.Clear();
        _direct.Clear();
        Reserve(round.Count);
        int count = 0;
        foreach (KeyValuePair<RecordKey, MemEntry> record in round.Entries)
        {
            _records[count] = record;
            _ids[count] = record.Value.Version.Id;
            _order[count] = count++;
            if (record.Value.IsNew)
            {
                var key = new KeyEntry(record.Key.Hash, record.Value.Version.Id);
                (_recent.TryGet(key.Hash, out _) ? _direct : _run).Add(key);
            }
        }

        // Numbers are sorted, not the entries: those are 64 bytes each and would be copied again and again.
        Array.Sort(_ids, _order, 0, count);
    }

    private void Reserve(int count)
    {
        if (_records.Length < count)
        {
            int size = int.Max(count, 2 * _records.Length);
            _records = new KeyValuePair<RecordKey, MemEntry>[size];
            _ids = new long[size];
            _order = new int[size];
        }
    }

    private void WriteRecords(int count)
    {
        foreach (int index in _order.AsSpan(0, count))
        {
            (RecordKey key, MemEntry entry) = _records[index];
            if (entry.RemovesBase)
            {
                (entry.Base.IsRewritten ? _removeRewritten : _removeFirst).Bind(1, entry.Base.Id).Run();
                _removeKey.Bind(1, unchecked((long)key.Hash)).Bind(2, entry.Base.Id).Run();
            }

            if (entry.Version.Exists)
            {
                WriteRecord(key, entry);
            }
        }

        // The octets belong to the round, and go with it.
        Array.Clear(_records, 0, count);
    }

    private void WriteRecord(in RecordKey key, in MemEntry entry)
    {
        RecordVersion version = entry.Version;
        if (version.IsRewritten && entry.Base == new RecordVersion(version.Id, version.Id))
        {
            _removeFirst.Bind(1, version.Id).Run();
        }

        (version.IsRewritten ? _rewrite : _append)
            .Bind(1, version.Id).Bind(2, version.Etag).Bind(3, key.Name).Bind(4, entry.Value.Span).Run();
    }

    private void WriteKeys(bool merge)
    {
        if (merge)
        {
            _direct.AddRange(_run);
            _direct.AddRange(_recent.All());
            _removeRuns.Run();
        }
        else if (_run.Count > 0)
        {
            _addRun.Bind(1, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_run))).Run();
        }

        _direct.Sort();
        foreach (KeyEntry key in _direct)
        {
            _addKey.Bind(1, key.StoredHash).Bind(2, key.Id).Run();
        }
    }
}
