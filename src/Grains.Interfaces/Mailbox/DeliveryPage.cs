using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Messages of a delivery, oldest first.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DeliveryPage")]
public sealed record DeliveryPage
{
    /// <summary>Granted, Superseded or StoreUnavailable.</summary>
    [Id(0)]
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>The messages, in commit order.</summary>
    [Id(1)]
    public ImmutableArray<WaitingMessage> Messages { get; init; } = [];

    /// <summary>
    /// Where the next page starts (<see cref="NextDeliveryPage.AfterSequence"/>); it can lie beyond the last message when
    /// entries in between ended meanwhile.
    /// </summary>
    [Id(2)]
    public long NextAfterSequence { get; init; }

    /// <summary>True when the snapshot holds nothing after this page.</summary>
    [Id(3)]
    public bool IsLast { get; init; }
}
