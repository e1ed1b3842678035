using Orleans;

namespace PosteRestante.Grains.Interfaces.Settings;

/// <summary>A publication of service settings, judged by the edge as far as the mailbox is not needed.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.PublishSettings")]
public sealed record PublishSettings
{
    /// <summary>What it does.</summary>
    [Id(0)]
    public SettingsChange Change { get; init; }

    /// <summary>The version of the settings that its entity-tag stands for; 0 for an initial publication, which has none.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>With <see cref="SettingsChange.Set"/>: whether messages are pushed (<c>offline-delivery/@active</c>).</summary>
    [Id(2)]
    public bool IsActive { get; init; }
}
