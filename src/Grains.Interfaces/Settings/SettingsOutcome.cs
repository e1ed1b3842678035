using Orleans;

namespace PosteRestante.Grains.Interfaces.Settings;

/// <summary>What became of a publication.</summary>
[GenerateSerializer]
[Alias("poste.SettingsOutcome")]
public enum SettingsOutcome
{
    /// <summary>No outcome; never returned.</summary>
    None = 0,

    /// <summary>The settings are as the publication says.</summary>
    Taken = 1,

    /// <summary>What its entity-tag stands for was changed or removed since (412).</summary>
    Stale = 2,

    /// <summary>The store did not confirm; it may be published again.</summary>
    StoreUnavailable = 3,
}
