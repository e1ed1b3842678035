namespace PosteRestante.Grains.Settings;

/// <summary>The settings of a user as stored.</summary>
internal sealed record SettingsRecord
{
    /// <summary>Counts the changes; entity-tags of earlier ones are stale.</summary>
    public long Version { get; init; }

    /// <summary>Whether there is a publication; false after it was removed.</summary>
    public bool IsPublished { get; init; }

    /// <summary>What it says of offline delivery.</summary>
    public bool IsActive { get; init; }
}
