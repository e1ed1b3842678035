using Orleans;

namespace PosteRestante.Grains.Interfaces.Settings;

/// <summary>
/// One served user's service settings (Appendix E); the grain key is that of the mailbox. A record of its own, so that a
/// PUBLISH never touches the mailbox; it is written only when a value changes.
/// </summary>
[Alias("poste.IServiceSettings")]
public interface IServiceSettings : IGrainWithStringKey
{
    /// <summary>
    /// Takes a publication (RFC 3903 6), and says what the settings are then. A repeat after a lost reply has the same outcome,
    /// but for a removal, of which nothing is left to name.
    /// </summary>
    [Alias("Publish")]
    ValueTask<SettingsPublished> PublishAsync(PublishSettings request);
}
