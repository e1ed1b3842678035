using PosteRestante.Grains.Interfaces.Settings;

namespace PosteRestante.Grains.Settings;

/// <summary>
/// What a publication makes of the settings. They are the user's, not a device's: devices that publish the same value share
/// one version, and the last one that publishes another value decides.
/// </summary>
internal static class SettingsRules
{
    /// <summary>The settings afterwards, the same record when nothing changes; null when the publication is stale.</summary>
    public static SettingsRecord? Apply(SettingsRecord stored, PublishSettings request)
    {
        if (request.Version != 0 && !(stored.IsPublished && stored.Version == request.Version))
        {
            return null;
        }

        return request.Change switch
        {
            SettingsChange.Set when stored.IsPublished && stored.IsActive == request.IsActive => stored,
            SettingsChange.Set => new SettingsRecord { Version = stored.Version + 1, IsPublished = true, IsActive = request.IsActive },
            SettingsChange.Remove when stored.IsPublished => new SettingsRecord { Version = stored.Version + 1 },
            _ => stored,
        };
    }
}
