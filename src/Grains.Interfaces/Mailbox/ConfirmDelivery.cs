using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Reports what became of messages that were sent.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.ConfirmDelivery")]
public sealed record ConfirmDelivery
{
    /// <summary>The token of the lease under which they were sent.</summary>
    [Id(0)]
    public long Token { get; init; }

    /// <summary>At most 64 (option) outcomes; none only renews the lease.</summary>
    [Id(1)]
    public ImmutableArray<MessageOutcome> Outcomes { get; init; } = [];

    /// <summary>The device that has them (<c>+sip.instance</c>), empty when unknown.</summary>
    [Id(2)]
    public string Device { get; init; } = string.Empty;
}
