namespace Orleans.Embedded.Simulation;

/// <summary>How disorderly a simulation is: probabilities between 0, the default everywhere, and 1.</summary>
public sealed record DisorderOptions
{
    /// <summary>Per call: it does not run, and the caller is told at once (<see cref="Orleans.Runtime.SiloUnavailableException"/>).</summary>
    public double RefusedCall { get; init; }

    /// <summary>Per call: it does not run, and the caller waits for the response timeout.</summary>
    public double LostRequest { get; init; }

    /// <summary>Per call: it runs, and the caller waits for the response timeout all the same.</summary>
    public double LostReply { get; init; }

    /// <summary>Per call: it runs twice; the caller gets the reply of either run, whichever is first.</summary>
    public double ExecutedTwice { get; init; }

    /// <summary>Per call: its reply comes twice; the second one must find nobody.</summary>
    public double DoubledReply { get; init; }

    /// <summary>Per turn: some activation is asked to end.</summary>
    public double Deactivation { get; init; }

    /// <summary>Per call: the activation becomes a ghost: it runs on, timers and all, while a new one takes its place.</summary>
    public double Ghost { get; init; }

    /// <summary>Per call to a grain with a ghost: it goes to the ghost.</summary>
    public double GhostCall { get; init; } = 0.3;

    /// <summary>Per turn: some ghost is asked to end.</summary>
    public double GhostEnd { get; init; } = 0.02;

    /// <summary>Some of everything: what the property tests of grains run under.</summary>
    public static DisorderOptions Everything { get; } = new()
    {
        RefusedCall = 0.01,
        LostRequest = 0.01,
        LostReply = 0.01,
        ExecutedTwice = 0.02,
        DoubledReply = 0.02,
        Deactivation = 0.02,
        Ghost = 0.02,
    };
}
