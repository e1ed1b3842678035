using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>What a message grain has.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.ReadReceipt")]
public sealed record ReadReceipt
{
    /// <summary>The outcome.</summary>
    [Id(0)]
    public ReadOutcome Outcome { get; init; }

    /// <summary>The message; empty unless the outcome is <see cref="ReadOutcome.Found"/>.</summary>
    [Id(1)]
    public DeferredContent Content { get; init; } = DeferredContent.Empty;
}
