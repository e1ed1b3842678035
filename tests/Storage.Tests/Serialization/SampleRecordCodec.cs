using PosteRestante.Storage.Serialization;

namespace PosteRestante.Storage.Tests.Serialization;

/// <summary>Version 2 added the note.</summary>
internal sealed class SampleRecordCodec : IRecordCodec<SampleRecord>
{
    public byte Version => 2;

    public void Write(ref RecordWriter writer, SampleRecord record)
    {
        writer.WriteString(record.Text);
        writer.WriteString(record.Note);
        writer.WriteOctets(record.Octets);
        writer.WriteInt32(record.Number);
        writer.WriteTime(record.Time);
    }

    public SampleRecord Read(ref RecordReader reader)
    {
        string text = reader.ReadString();
        string? note = reader.Version >= 2 ? reader.ReadOptionalString() : null;
        return new SampleRecord(text, note, reader.ReadOctetArray(), reader.ReadInt32(), reader.ReadTime());
    }
}
