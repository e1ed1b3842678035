using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Asks for the delivery lease.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.BeginDelivery")]
public sealed record BeginDelivery
{
    /// <summary>Pull or push.</summary>
    [Id(0)]
    public DeliveryKind Kind { get; init; }

    /// <summary>
    /// An id the edge chose for this delivery; the same id asked again (after a lost reply) gets the lease it already has.
    /// </summary>
    [Id(1)]
    public string SessionId { get; init; } = string.Empty;

    /// <summary>Whether messages that were delivered before are brought again (D11: "all" means all that is stored).</summary>
    [Id(2)]
    public bool IncludeDelivered { get; init; }
}
