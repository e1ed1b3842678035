using PosteRestante.Grains.Settings;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Records;

/// <summary>Service settings as octets.</summary>
internal sealed class SettingsRecordCodec : IRecordCodec<SettingsRecord>
{
    /// <inheritdoc/>
    public byte Version => 1;

    /// <inheritdoc/>
    public void Write(ref RecordWriter writer, SettingsRecord record)
    {
        writer.WriteInt64(record.Version);
        writer.WriteBoolean(record.IsPublished);
        writer.WriteBoolean(record.IsActive);
    }

    /// <inheritdoc/>
    public SettingsRecord Read(ref RecordReader reader) => new()
    {
        Version = reader.ReadInt64(),
        IsPublished = reader.ReadBoolean(),
        IsActive = reader.ReadBoolean(),
    };
}
