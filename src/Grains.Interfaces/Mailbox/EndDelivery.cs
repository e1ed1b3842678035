using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Gives the lease back.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.EndDelivery")]
public sealed record EndDelivery
{
    /// <summary>The token of the lease.</summary>
    [Id(0)]
    public long Token { get; init; }

    /// <summary>
    /// <see cref="DeliveryPage.NextAfterSequence"/> of the last page the edge had; 0 when it had none. A push has no fixed
    /// snapshot: what was committed after its last page counts as waiting.
    /// </summary>
    [Id(1)]
    public long AfterSequence { get; init; }
}
