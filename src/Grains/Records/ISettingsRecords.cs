using Orleans.Runtime;
using PosteRestante.Grains.Settings;

namespace PosteRestante.Grains.Records;

/// <summary>The records of service settings, with outcomes in place of exceptions.</summary>
internal interface ISettingsRecords
{
    /// <summary>Reads the settings of a user.</summary>
    ValueTask<RecordRead<SettingsRecord>> ReadSettingsAsync(GrainId owner);

    /// <summary>Writes them over the version <paramref name="etag"/>; null creates them.</summary>
    ValueTask<RecordWrite> WriteSettingsAsync(GrainId owner, SettingsRecord record, string? etag);
}
