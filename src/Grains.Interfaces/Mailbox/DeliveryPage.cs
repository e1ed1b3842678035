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

    /// <summary>
    /// The messages, in commit order; those that the peer refused before, or that stayed in doubt, come last. A delivery by
    /// list keeps the order of the list.
    /// </summary>
    [Id(1)]
    public ImmutableArray<WaitingMessage> Messages { get; init; } = [];

    /// <summary>
    /// Where the next page starts (<see cref="NextDeliveryPage.AfterSequence"/>); it can lie beyond the last message when
    /// entries in between ended meanwhile, and stands above every sequence when the messages that go last are read. In a
    /// delivery by list it counts places of the list.
    /// </summary>
    [Id(2)]
    public long NextAfterSequence { get; init; }

    /// <summary>True when the snapshot (of a push: the mailbox, now) holds nothing after this page.</summary>
    [Id(3)]
    public bool IsLast { get; init; }
}
