using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>The answer to <see cref="EndDelivery"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DeliveryEnded")]
public sealed record DeliveryEnded
{
    /// <summary>Granted (freed now), Superseded (was not held any more) or StoreUnavailable.</summary>
    [Id(0)]
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>True when undelivered messages are waiting that the snapshot did not hold.</summary>
    [Id(1)]
    public bool MoreWaiting { get; init; }
}
