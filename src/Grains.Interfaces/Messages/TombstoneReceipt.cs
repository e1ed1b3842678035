using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>The answer to <see cref="Tombstone"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.TombstoneReceipt")]
public sealed record TombstoneReceipt
{
    /// <summary>The outcome that stands now: the first one given; None when the store did not confirm.</summary>
    [Id(0)]
    public TerminalOutcome Outcome { get; init; }
}
