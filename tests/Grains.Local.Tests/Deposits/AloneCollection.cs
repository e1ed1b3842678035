namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>Tests that count what the whole process allocates run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
