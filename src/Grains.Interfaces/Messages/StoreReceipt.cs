using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>What a message grain found when it was to store.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.StoreReceipt")]
public sealed record StoreReceipt
{
    /// <summary>The outcome.</summary>
    [Id(0)]
    public StoreOutcome Outcome { get; init; }

    /// <summary>When the record that exists now was received: the first one's time for a repeat.</summary>
    [Id(1)]
    public DateTimeOffset ReceivedAt { get; init; }
}
