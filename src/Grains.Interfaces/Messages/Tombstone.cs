using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>Ends a message.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.Tombstone")]
public sealed record Tombstone
{
    /// <summary>Its one terminal outcome.</summary>
    [Id(0)]
    public TerminalOutcome Outcome { get; init; }

    /// <summary>When it ended.</summary>
    [Id(1)]
    public DateTimeOffset At { get; init; }

    /// <summary>Why, in a few words for support staff; no personal data.</summary>
    [Id(2)]
    public string Reason { get; init; } = string.Empty;
}
