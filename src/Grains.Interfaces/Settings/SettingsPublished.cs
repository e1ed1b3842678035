using Orleans;

namespace PosteRestante.Grains.Interfaces.Settings;

/// <summary>The answer to <see cref="PublishSettings"/>.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.SettingsPublished")]
public sealed record SettingsPublished
{
    /// <summary>Taken, Stale or StoreUnavailable.</summary>
    [Id(0)]
    public SettingsOutcome Outcome { get; init; }

    /// <summary>The version of the settings now: another one whenever a value has changed.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>Whether messages are pushed.</summary>
    [Id(2)]
    public bool IsActive { get; init; }
}
