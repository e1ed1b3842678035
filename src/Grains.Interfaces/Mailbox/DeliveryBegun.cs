using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>The answer to <see cref="BeginDelivery"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DeliveryBegun")]
public sealed record DeliveryBegun
{
    /// <summary>Granted, NothingWaiting, Busy or StoreUnavailable.</summary>
    [Id(0)]
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>The fencing token of the lease; later leases of this mailbox have higher ones.</summary>
    [Id(1)]
    public long Token { get; init; }

    /// <summary>How many messages the snapshot holds; of a delivery by list, how many of the listed ones.</summary>
    [Id(2)]
    public int Count { get; init; }

    /// <summary>When the lease ends unless it is renewed.</summary>
    [Id(3)]
    public DateTimeOffset LeaseEndsAt { get; init; }
}
