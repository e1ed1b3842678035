namespace PosteRestante.Grains;

/// <summary>The one clock of the grains.</summary>
public static class GrainClock
{
    /// <summary>The key under which the grains' <see cref="TimeProvider"/> is registered; Orleans uses the same.</summary>
    public const string ServiceKey = "Orleans.Grains";
}
