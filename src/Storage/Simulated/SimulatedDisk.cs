namespace PosteRestante.Storage.Simulated;

/// <summary>
/// What survives a crash of the simulated process: everything synced, and of the rest what the seed decides. Open
/// a <see cref="SimulatedStore"/> over it, crash that, open the next.
/// </summary>
public sealed class SimulatedDisk
{
    internal SimulatedJournal Journal { get; } = new();

    internal SimulatedTables Tables { get; } = new();

    /// <summary>Syncs of the journal that succeeded.</summary>
    public int Syncs => Journal.Syncs;

    /// <summary>Lets the next commits of the journal fail; each fails the whole batch.</summary>
    public void FailCommits(int count) => Journal.FailingCommits = count;

    /// <summary>Lets the next rounds of the applier fail, as a full disk does.</summary>
    public void FailRounds(int count) => Tables.FailingRounds = count;

    internal void Crash(Random random)
    {
        Journal.Crash(random);
        Tables.Crash(random);
    }
}
