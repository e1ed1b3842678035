using System.Runtime.InteropServices;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Records;

/// <summary>The head record as octets.</summary>
internal sealed class MailboxHeadCodec : IRecordCodec<MailboxHead>
{
    // What stands before a lease.
    private const byte NoLease = 0;
    private const byte LeaseOfAll = 1;
    private const byte LeaseOfList = 2;

    /// <inheritdoc/>
    public byte Version => 1;

    /// <inheritdoc/>
    public void Write(ref RecordWriter writer, MailboxHead record)
    {
        writer.WriteInt64(record.Version);
        writer.WriteFixed64(record.LastWriteId);
        writer.WriteInt32(record.KeyId);
        writer.WriteInt64(record.LastSequence);
        writer.WriteInt64(record.LastToken);
        writer.WriteInt64(record.DeleteWatermark);
        writer.WriteInt64(record.RegisteredSlot);
        WriteLease(ref writer, record.Lease);
        IndexFields.WriteEntries(ref writer, record.Newest);
        writer.WriteCount(record.Levels.Length);
        foreach (var level in record.Levels)
        {
            IndexFields.WriteSummaries(ref writer, level);
        }

        writer.WriteCount(record.Intents.Length);
        foreach (ref readonly var intent in record.Intents.AsSpan())
        {
            WriteIntent(ref writer, intent);
        }
    }

    /// <inheritdoc/>
    public MailboxHead Read(ref RecordReader reader)
    {
        var head = new MailboxHead
        {
            Version = reader.ReadInt64(),
            LastWriteId = reader.ReadFixed64(),
            KeyId = reader.ReadInt32(),
            LastSequence = reader.ReadInt64(),
            LastToken = reader.ReadInt64(),
            DeleteWatermark = reader.ReadInt64(),
            RegisteredSlot = reader.ReadInt64(),
            Lease = ReadLease(ref reader),
        };
        var newest = IndexFields.ReadEntries(ref reader);
        var levels = new PageSummary[reader.ReadCount()][];
        for (var level = 0; level < levels.Length; level++)
        {
            levels[level] = IndexFields.ReadSummaries(ref reader);
        }

        var intents = new Intent[reader.ReadCount()];
        for (var i = 0; i < intents.Length; i++)
        {
            intents[i] = ReadIntent(ref reader);
        }

        head.Restore(newest, levels, intents);
        return head;
    }

    private static void WriteLease(ref RecordWriter writer, Lease? lease)
    {
        writer.WriteByte(lease is null ? NoLease : lease.Selection is null ? LeaseOfAll : LeaseOfList);
        if (lease is null)
        {
            return;
        }

        writer.WriteInt64(lease.Token);
        writer.WriteString(lease.SessionId);
        writer.WriteBoolean(lease.IncludeDelivered);
        writer.WriteInt64(lease.StartedAt);
        writer.WriteInt64(lease.EndsAt);
        writer.WriteInt64(lease.SnapshotEnd);
        writer.WriteInt32(lease.Count);
        if (lease.Selection is { } selection)
        {
            writer.WriteCount(selection.Sequences.Length);
            foreach (var sequence in selection.Sequences)
            {
                writer.WriteInt64(sequence);
            }
        }
    }

    private static Lease? ReadLease(ref RecordReader reader)
    {
        var start = reader.Offset;
        var form = reader.ReadByte();
        if (form == NoLease)
        {
            return null;
        }

        if (form > LeaseOfList)
        {
            throw new RecordFormatException(RecordFormatError.OutOfRange, start);
        }

        return new Lease
        {
            Token = reader.ReadInt64(),
            SessionId = reader.ReadString(),
            IncludeDelivered = reader.ReadBoolean(),
            StartedAt = reader.ReadInt64(),
            EndsAt = reader.ReadInt64(),
            SnapshotEnd = reader.ReadInt64(),
            Count = reader.ReadInt32(),
            Selection = form == LeaseOfList ? ReadSelection(ref reader) : null,
        };
    }

    private static Selection ReadSelection(ref RecordReader reader)
    {
        var sequences = new long[reader.ReadCount()];
        foreach (ref var sequence in sequences.AsSpan())
        {
            sequence = reader.ReadInt64();
        }

        return new Selection(ImmutableCollectionsMarshal.AsImmutableArray(sequences));
    }

    private static void WriteIntent(ref RecordWriter writer, in Intent intent)
    {
        writer.WriteInt64(intent.Sequence);
        IndexFields.WriteKey(ref writer, intent.Key);
        writer.WriteInt64(intent.Size);
        writer.WriteBoolean(intent.Paged);
        writer.WriteByte((byte)intent.Before);
        IndexFields.WriteState(ref writer, intent.After);
        writer.WriteInt32((int)intent.Outcome);
        writer.WriteInt64(intent.EndedAt);
    }

    private static Intent ReadIntent(ref RecordReader reader) => new()
    {
        Sequence = reader.ReadInt64(),
        Key = IndexFields.ReadKey(ref reader),
        Size = reader.ReadInt64(),
        Paged = reader.ReadBoolean(),
        Before = (EntryFlags)reader.ReadByte(),
        After = IndexFields.ReadState(ref reader),
        Outcome = (TerminalOutcome)reader.ReadInt32(),
        EndedAt = reader.ReadInt64(),
    };
}
