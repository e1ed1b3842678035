using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>A page of the index, with the totals of the mailbox.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.MailboxListing")]
public sealed record MailboxListing
{
    /// <summary>Granted or StoreUnavailable.</summary>
    [Id(0)]
    public DeliveryOutcome Outcome { get; init; }

    /// <summary>The entries, oldest first.</summary>
    [Id(1)]
    public ImmutableArray<ListedMessage> Messages { get; init; } = [];

    /// <summary>True when nothing comes after this page.</summary>
    [Id(2)]
    public bool IsLast { get; init; }

    /// <summary>Messages stored, delivered ones included.</summary>
    [Id(3)]
    public int TotalMessages { get; init; }

    /// <summary>Octets stored, delivered messages included.</summary>
    [Id(4)]
    public long TotalOctets { get; init; }

    /// <summary>The version of the head record; it changes with every change of the mailbox.</summary>
    [Id(5)]
    public long Version { get; init; }
}
