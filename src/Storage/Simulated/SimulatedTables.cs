using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Simulated;

/// <summary>Tables in memory whose rounds are lost by a crash, from the last backwards, unless they were synced.</summary>
internal sealed class SimulatedTables : IRecordTables
{
    private readonly Dictionary<RecordKey, StoredRecord> _records = [];
    private readonly Dictionary<RecordKey, StoredRecord> _synced = [];
    private readonly List<Round> _unsynced = [];
    private long _syncedRow;

    public long AppliedRow { get; private set; }

    public KeyHasher Hasher { get; } = new(1, 2);

    /// <summary>How many of the next rounds fail.</summary>
    public int FailingRounds { get; set; }

    /// <summary>Records that rounds brought, each as often as it came.</summary>
    public int RecordsApplied { get; private set; }

    public long EstimateCount() => _records.Count;

    public void VisitKeyHashes(Action<ulong> visit)
    {
        foreach (RecordKey key in _records.Keys)
        {
            visit(key.Hash);
        }
    }

    public void Apply(MemTable round)
    {
        if (FailingRounds > 0)
        {
            FailingRounds--;
            throw new StorageFailureException(StorageFailureKind.Unknown, "The simulated disk is full.");
        }

        var copy = new Round(round.LastRow, [.. round.Entries]);
        _unsynced.Add(copy);
        copy.ApplyTo(_records);
        AppliedRow = round.LastRow;
        RecordsApplied += round.Count;
    }

    public bool Sync()
    {
        Keep(_unsynced.Count);
        return true;
    }

    public ITableReader OpenReader() => new Reader(_records);

    /// <summary>A prefix of the rounds that were not synced survives.</summary>
    public void Crash(Random random)
    {
        Keep(random.Next(_unsynced.Count + 1));
        _unsynced.Clear();
        _records.Clear();
        foreach ((RecordKey key, StoredRecord record) in _synced)
        {
            _records.Add(key, record);
        }

        AppliedRow = _syncedRow;
        FailingRounds = 0;
    }

    public void Dispose()
    {
        // Outlives the store that used it, as a disk does.
    }

    private void Keep(int rounds)
    {
        foreach (Round round in _unsynced.Take(rounds))
        {
            round.ApplyTo(_synced);
            _syncedRow = round.LastRow;
        }

        _unsynced.RemoveRange(0, rounds);
    }

    private sealed record Round(long LastRow, KeyValuePair<RecordKey, MemEntry>[] Entries)
    {
        public void ApplyTo(Dictionary<RecordKey, StoredRecord> records)
        {
            foreach ((RecordKey key, MemEntry entry) in Entries)
            {
                if (entry.Version.Exists)
                {
                    records[key] = new StoredRecord(entry.Version, entry.Value);
                }
                else
                {
                    records.Remove(key);
                }
            }
        }
    }

    private sealed class Reader(Dictionary<RecordKey, StoredRecord> records) : ITableReader
    {
        public RecordVersion Find(in RecordKey key) => Read(key).Version;

        public StoredRecord Read(in RecordKey key) => records.GetValueOrDefault(key);

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
