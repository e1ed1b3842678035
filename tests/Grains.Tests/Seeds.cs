namespace PosteRestante.Grains.Tests;

/// <summary>The seeds that a simulation runs with.</summary>
internal static class Seeds
{
    /// <summary>POSTE_SEED is the one seed to run; POSTE_SEEDS how many in place of the default.</summary>
    public static IReadOnlyList<int> Of(int count)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("POSTE_SEED"), out var seed))
        {
            return [seed];
        }

        var more = int.TryParse(Environment.GetEnvironmentVariable("POSTE_SEEDS"), out var asked) ? asked : count;
        return [.. Enumerable.Range(1, more)];
    }
}
