using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Settings;

/// <summary>What a <see cref="ServiceSettings"/> is made with. Opaque outside the grains.</summary>
public sealed class SettingsServices
{
    internal SettingsServices(ISettingsRecords records) => Records = records;

    internal ISettingsRecords Records { get; }
}
