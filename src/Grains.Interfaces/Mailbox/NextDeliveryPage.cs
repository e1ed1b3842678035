using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Asks for the next messages of a delivery.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.NextDeliveryPage")]
public sealed record NextDeliveryPage
{
    /// <summary>The token of the lease.</summary>
    [Id(0)]
    public long Token { get; init; }

    /// <summary>Commit sequence of the last message that is already had; 0 at the start.</summary>
    [Id(1)]
    public long AfterSequence { get; init; }

    /// <summary>At most this many messages.</summary>
    [Id(2)]
    public int MaxMessages { get; init; }

    /// <summary>At most about this many octets of content, but always at least one message.</summary>
    [Id(3)]
    public int MaxOctets { get; init; }
}
