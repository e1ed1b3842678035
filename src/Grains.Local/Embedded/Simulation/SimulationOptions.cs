namespace Orleans.Embedded.Simulation;

/// <summary>A simulation: a seed and what may happen.</summary>
public sealed record SimulationOptions
{
    /// <summary>Everything that is drawn by lot comes from here.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How disorderly it is; the default is disorder in the order of turns only.</summary>
    public DisorderOptions Disorder { get; init; } = new();

    /// <summary>
    /// The clock. A <see cref="VirtualClock"/>, by default one of its own, is advanced by the simulation when only time can
    /// help. With any other clock another simulation owns the time, and steps this one with
    /// <see cref="GrainSimulation.Step"/> and <see cref="GrainSimulation.UntilNextDue"/>.
    /// </summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Gets a line for every turn.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>How much virtual time one <see cref="GrainSimulation.Run"/> may take, default a day: then something waits for what never comes.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many turns one <see cref="GrainSimulation.Run"/> may take, default ten million: then something runs in circles.</summary>
    public long MaxTurns { get; init; } = 10_000_000;
}
