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
}
