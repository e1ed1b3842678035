using System.Collections.Immutable;
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

    /// <summary>Whether only the messages of <see cref="MessageKeys"/> are brought, in the order of that list.</summary>
    [Id(3)]
    public bool ByList { get; init; }

    /// <summary>
    /// The keys of a delivery by list. One that is twice in it counts once; one that the mailbox does not hold is passed over.
    /// </summary>
    [Id(4)]
    public ImmutableArray<string> MessageKeys { get; init; } = [];
}
