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

    /// <summary>
    /// Where the page starts: <see cref="DeliveryPage.NextAfterSequence"/> of the page before; 0 at the start. A cursor, not
    /// always the sequence of a message: messages that go last come after all others.
    /// </summary>
    [Id(1)]
    public long AfterSequence { get; init; }

    /// <summary>At most this many messages.</summary>
    [Id(2)]
    public int MaxMessages { get; init; }

    /// <summary>At most about this many octets of content, but always at least one message.</summary>
    [Id(3)]
    public int MaxOctets { get; init; }
}
