namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>How often what goes wrong, in per mille of the calls.</summary>
public sealed record Faults
{
    public static Faults None { get; } = new();

    /// <summary>The store refuses before it does anything.</summary>
    public int FailBefore { get; init; }

    /// <summary>The store does it, but its answer is lost.</summary>
    public int FailAfter { get; init; }

    /// <summary>The store does it twice; the second attempt meets the first and is refused.</summary>
    public int Doubled { get; init; }

    /// <summary>A call to a message grain gets no answer; half of these were carried out.</summary>
    public int LostCall { get; init; }

    /// <summary>A call to a message grain is carried out twice.</summary>
    public int DoubledCall { get; init; }
}
