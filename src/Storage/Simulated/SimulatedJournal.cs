using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Simulated;

/// <summary>A journal in memory that knows what was synced.</summary>
internal sealed class SimulatedJournal : IJournal
{
    private readonly List<Block> _durable = [];
    private readonly List<Block> _open = [];

    /// <summary>How many of the next commits fail.</summary>
    public int FailingCommits { get; set; }

    /// <summary>Syncs that succeeded.</summary>
    public int Syncs { get; private set; }

    public void Replay(long afterRow, JournalVisitor visit)
    {
        foreach (Block block in _durable.Where(block => block.LastRow > afterRow))
        {
            visit(block.FirstRow, block.Octets);
        }
    }

    public void Append(long firstRow, long lastRow, ReadOnlySpan<byte> block) => _open.Add(new Block(firstRow, lastRow, block.ToArray()));

    public void Commit()
    {
        if (FailingCommits > 0)
        {
            FailingCommits--;
            _open.Clear();
            throw new StorageFailureException(StorageFailureKind.Unknown, "The simulated disk failed.");
        }

        _durable.AddRange(_open);
        _open.Clear();
        Syncs++;
    }

    public void Trim(long row) => _durable.RemoveAll(block => block.LastRow <= row);

    /// <summary>What was appended and not synced may be on the disk or not; but a batch is there whole or not at all.</summary>
    public void Crash(Random random)
    {
        if (random.Next(2) == 0)
        {
            _durable.AddRange(_open);
        }

        _open.Clear();
        FailingCommits = 0;
    }

    public void Dispose()
    {
        // Outlives the store that used it, as a disk does.
    }

    private sealed record Block(long FirstRow, long LastRow, byte[] Octets);
}
