namespace PosteRestante.Storage.Faults;

/// <summary>
/// Which call meets which fault: first those that a test lined up, then by chance, from one random source, so
/// that a seed replays exactly. Not for several threads.
/// </summary>
public sealed class FaultPlan(Random random)
{
    private readonly Queue<StorageFault> _next = [];
    private readonly int[] _injected = new int[Enum.GetValues<StorageFault>().Length];

    /// <summary>Share of calls that fail before they are executed, 0 to 1 (default 0).</summary>
    public double FailBefore { get; set; }

    /// <summary>Share of calls that fail after they were executed, 0 to 1 (default 0).</summary>
    public double FailAfterCommit { get; set; }

    /// <summary>Share of writes that are executed and answered with a conflict, 0 to 1 (default 0).</summary>
    public double ConflictAfterCommit { get; set; }

    /// <summary>Share of calls that wait, 0 to 1 (default 0).</summary>
    public double Delay { get; set; }

    /// <summary>Share of writes that are sent twice, 0 to 1 (default 0).</summary>
    public double Duplicate { get; set; }

    /// <summary>Longest wait of <see cref="StorageFault.Delay"/> (default 100 ms).</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Lines faults up for the next calls, one each.</summary>
    public void Next(params ReadOnlySpan<StorageFault> faults)
    {
        foreach (StorageFault fault in faults)
        {
            _next.Enqueue(fault);
        }
    }

    /// <summary>How often a fault was injected.</summary>
    public int Injected(StorageFault fault) => _injected[(int)fault];

    internal StorageFault Draw()
    {
        StorageFault fault = _next.TryDequeue(out StorageFault lined) ? lined : ByChance();
        _injected[(int)fault]++;
        return fault;
    }

    internal TimeSpan DrawDelay() => LongestDelay * random.NextDouble();

    private StorageFault ByChance()
    {
        double draw = random.NextDouble();
        return Falls(FailBefore) ? StorageFault.FailBefore
            : Falls(FailAfterCommit) ? StorageFault.FailAfterCommit
            : Falls(ConflictAfterCommit) ? StorageFault.ConflictAfterCommit
            : Falls(Delay) ? StorageFault.Delay
            : Falls(Duplicate) ? StorageFault.Duplicate
            : StorageFault.None;

        bool Falls(double share)
        {
            bool falls = draw < share;
            draw -= share;
            return falls;
        }
    }
}
