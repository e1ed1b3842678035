namespace PosteRestante.Grains.Tests.Model;

/// <summary>What bounds a model mailbox.</summary>
public sealed record ModelLimits
{
    public int MaxMessages { get; init; } = 1000;

    public long MaxOctets { get; init; } = 1_000_000;

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    public int InDoubtLimit { get; init; } = 3;
}
