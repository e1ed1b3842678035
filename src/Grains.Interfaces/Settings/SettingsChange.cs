using Orleans;

namespace PosteRestante.Grains.Interfaces.Settings;

/// <summary>What a publication does (RFC 3903 4.1).</summary>
[GenerateSerializer]
[Alias("poste.SettingsChange")]
public enum SettingsChange
{
    /// <summary>A refresh: everything stays as it is.</summary>
    Keep = 0,

    /// <summary>An initial publication, or a modification.</summary>
    Set = 1,

    /// <summary>A removal.</summary>
    Remove = 2,
}
