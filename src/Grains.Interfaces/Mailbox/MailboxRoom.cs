using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>What a mailbox may still take.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.MailboxRoom")]
public sealed record MailboxRoom
{
    /// <summary>Granted or StoreUnavailable.</summary>
    [Id(0)]
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>Messages.</summary>
    [Id(1)]
    public int Messages { get; init; }

    /// <summary>Octets.</summary>
    [Id(2)]
    public long Octets { get; init; }
}
