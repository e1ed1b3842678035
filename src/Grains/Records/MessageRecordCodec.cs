using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Messages;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Records;

/// <summary>A message record as octets. Version 2 added the body reference and what is kept of the session.</summary>
internal sealed class MessageRecordCodec : IRecordCodec<MessageRecord>
{
    /// <inheritdoc/>
    public byte Version => 2;

    /// <inheritdoc/>
    public void Write(ref RecordWriter writer, MessageRecord record)
    {
        writer.WriteInt32(record.KeyId);
        writer.WriteString(record.Mailbox);
        var content = record.Content;
        writer.WriteInt32((int)content.Mode);
        writer.WriteOctets(content.Octets);
        writer.WriteInt32(content.BodyOffset);
        writer.WriteTime(content.ReceivedAt);
        writer.WriteTime(content.ExpiresAt);
        writer.WriteString(content.From);
        writer.WriteString(content.Subject);
        writer.WriteString(content.CallId);
        writer.WriteString(content.ImdnMessageId);
        writer.WriteInt32((int)content.Notifications);
        writer.WriteInt32((int)content.SenderIdentity);
        writer.WriteString(content.TraceParent);
        writer.WriteString(content.Body.Name);
        writer.WriteInt64(content.Body.Length);
        writer.WriteOctets(content.Session);
        writer.WriteBoolean(record.End is not null);
        if (record.End is { } end)
        {
            writer.WriteInt32((int)end.Outcome);
            writer.WriteTime(end.At);
            writer.WriteString(end.Reason);
        }
    }

    /// <inheritdoc/>
    public MessageRecord Read(ref RecordReader reader) => new()
    {
        KeyId = reader.ReadInt32(),
        Mailbox = reader.ReadString(),
        Content = ReadContent(ref reader),
        End = reader.ReadBoolean() ? ReadEnd(ref reader) : null,
    };

    private static DeferredContent ReadContent(ref RecordReader reader) => new()
    {
        Mode = (MessageMode)reader.ReadInt32(),
        Octets = reader.ReadOctetArray(),
        BodyOffset = reader.ReadInt32(),
        ReceivedAt = reader.ReadTime(),
        ExpiresAt = reader.ReadTime(),
        From = reader.ReadString(),
        Subject = reader.ReadString(),
        CallId = reader.ReadString(),
        ImdnMessageId = reader.ReadString(),
        Notifications = (NotificationRequests)reader.ReadInt32(),
        SenderIdentity = (SenderIdentity)reader.ReadInt32(),
        TraceParent = reader.ReadString(),
        Body = reader.Version < 2 ? BodyReference.None : ReadBody(ref reader),
        Session = reader.Version < 2 ? [] : reader.ReadOctetArray(),
    };

    private static BodyReference ReadBody(ref RecordReader reader)
    {
        var name = reader.ReadString();
        var length = reader.ReadInt64();
        return name.Length == 0 ? BodyReference.None : new BodyReference { Name = name, Length = length };
    }

    private static Tombstone ReadEnd(ref RecordReader reader) => new()
    {
        Outcome = (TerminalOutcome)reader.ReadInt32(),
        At = reader.ReadTime(),
        Reason = reader.ReadString(),
    };
}
