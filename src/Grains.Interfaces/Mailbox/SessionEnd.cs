using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>What is kept of the BYE of a session, for the messages that it brought (DM-12.2.2.3-2).</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.SessionEnd")]
public sealed record SessionEnd
{
    /// <summary>The messages.</summary>
    [Id(0)]
    public ImmutableArray<string> MessageKeys { get; init; } = [];

    /// <summary>The BYE as a SIP fragment.</summary>
    [Id(1)]
    public ImmutableArray<byte> Bye { get; init; } = [];
}
