using System.Runtime.InteropServices;

namespace PosteRestante.Storage.Engine;

/// <summary>
/// Committed writes that the tables do not hold yet; of each record the last one only, so that a head that is
/// rewritten with every deposit reaches the tables once a round.
/// </summary>
internal sealed class MemTable
{
    /// <summary>What an entry costs beside its octets, about: dictionary slot, array headers.</summary>
    private const int EntryOverhead = 128;

    private readonly Dictionary<RecordKey, MemEntry> _entries = [];

    /// <summary>The rows whose writes are in here; 0 and 0 when empty.</summary>
    public long FirstRow { get; private set; }

    public long LastRow { get; private set; }

    /// <summary>Memory held, in bytes, about.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes that the journal holds for this table: every write, not only the last of each record.</summary>
    public long JournaledBytes { get; private set; }

    public int Count => _entries.Count;

    public bool IsEmpty => LastRow == 0;

    public Dictionary<RecordKey, MemEntry> Entries => _entries;

    public bool TryGet(in RecordKey key, out MemEntry entry) => _entries.TryGetValue(key, out entry);

    /// <summary>Takes one write.</summary>
    /// <param name="key">The record.</param>
    /// <param name="version">What the write makes of it; absent when it removes it.</param>
    /// <param name="value">Its octets.</param>
    /// <param name="replaced">The version before; the tables have it when this is the record's first write in here.</param>
    /// <param name="row">The write's row.</param>
    public void Put(in RecordKey key, RecordVersion version, ReadOnlyMemory<byte> value, RecordVersion replaced, long row)
    {
        if (FirstRow == 0)
        {
            FirstRow = row;
        }

        LastRow = row;
        JournaledBytes += value.Length + key.Name.Length;
        ref MemEntry entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, key, out bool existed);
        Bytes += existed ? value.Length - entry.Value.Length : value.Length + key.Name.Length + EntryOverhead;
        entry = new MemEntry(version, value, existed ? entry.Base : replaced);
    }

    /// <summary>Empties the table for its next use.</summary>
    public void Reset()
    {
        _entries.Clear();
        (FirstRow, LastRow, Bytes, JournaledBytes) = (0, 0, 0, 0);
    }
}
