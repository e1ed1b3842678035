using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>The answer to <see cref="ConfirmDelivery"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DeliveryConfirmed")]
public sealed record DeliveryConfirmed
{
    /// <summary>Granted or Superseded (both: recorded durably), or StoreUnavailable (nothing recorded).</summary>
    [Id(0)]
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>When the lease ends now.</summary>
    [Id(1)]
    public DateTimeOffset LeaseEndsAt { get; init; }
}
