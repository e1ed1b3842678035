namespace PosteRestante.Storage.Engine;

/// <summary>
/// Brings the tables up to the end of the journal, before anything is served. Rows that the tables already hold
/// are skipped, so a crash during recovery only means another one.
/// </summary>
internal sealed class Recovery(IJournal journal, IRecordTables tables, ITableReader reader, StoreLimitsOptions limits)
{
    private readonly MemTable _round = new();
    private long _lastRow = tables.AppliedRow;

    /// <summary>Replays the journal and returns the last row that was ever written.</summary>
    public long Run()
    {
        journal.Replay(tables.AppliedRow, Visit);
        ApplyRound();
        if (tables.Sync())
        {
            journal.Trim(_lastRow);
        }

        return _lastRow;
    }

    private void Visit(long firstRow, ReadOnlySpan<byte> block)
    {
        var writes = new BlockReader(firstRow, block);
        while (writes.Next())
        {
            if (writes.Row > _lastRow)
            {
                Take(ref writes);
                _lastRow = writes.Row;
            }
        }

        if (_round.Bytes >= limits.RoundBytes)
        {
            ApplyRound();
        }
    }

    private void Take(ref BlockReader write)
    {
        byte[] name = write.Name.ToArray();
        var key = new RecordKey(name, tables.Hasher.Hash(name));
        bool isFirstWrite = write.Id == write.Row;
        RecordVersion held = isFirstWrite || _round.TryGet(key, out _) ? RecordVersion.Absent : reader.Find(key);
        RecordVersion version = write.Kind == WriteKind.Put ? new RecordVersion(write.Id, write.Row) : RecordVersion.Absent;
        _round.Put(key, version, write.Value.ToArray(), held, write.Row);
    }

    private void ApplyRound()
    {
        if (!_round.IsEmpty)
        {
            tables.Apply(_round);
            _round.Reset();
        }
    }
}
