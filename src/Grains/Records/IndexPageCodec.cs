using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Records;

/// <summary>An index page as octets.</summary>
internal sealed class IndexPageCodec : IRecordCodec<IndexPage>
{
    /// <inheritdoc/>
    public byte Version => 1;

    /// <inheritdoc/>
    public void Write(ref RecordWriter writer, IndexPage record)
    {
        writer.WriteInt32(record.Level);
        if (record.Level == 0)
        {
            IndexFields.WriteEntries(ref writer, record.Entries);
        }
        else
        {
            IndexFields.WriteSummaries(ref writer, record.Children);
        }
    }

    /// <inheritdoc/>
    public IndexPage Read(ref RecordReader reader)
    {
        var level = reader.ReadInt32();
        return level == 0
            ? new IndexPage(IndexFields.ReadEntries(ref reader))
            : new IndexPage(level, IndexFields.ReadSummaries(ref reader));
    }
}
