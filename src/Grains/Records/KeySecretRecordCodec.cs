using PosteRestante.Grains.Messages;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Records;

/// <summary>The deployment's secret as octets.</summary>
internal sealed class KeySecretRecordCodec : IRecordCodec<KeySecretRecord>
{
    /// <inheritdoc/>
    public byte Version => 1;

    /// <inheritdoc/>
    public void Write(ref RecordWriter writer, KeySecretRecord record)
    {
        writer.WriteInt32(record.KeyId);
        writer.WriteOctets(record.Octets);
        writer.WriteOctets(record.Hash);
    }

    /// <inheritdoc/>
    public KeySecretRecord Read(ref RecordReader reader) => new()
    {
        KeyId = reader.ReadInt32(),
        Octets = reader.ReadOctetArray(),
        Hash = reader.ReadOctetArray(),
    };
}
