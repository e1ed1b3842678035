using Orleans.Runtime;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Records;

/// <summary>The records of messages, with outcomes in place of exceptions. The owner is the message grain.</summary>
internal interface IMessageRecords
{
    /// <summary>Reads the record of a message.</summary>
    ValueTask<RecordRead<MessageRecord>> ReadAsync(GrainId owner);

    /// <summary>Writes it over the version <paramref name="etag"/>; null creates it.</summary>
    ValueTask<RecordWrite> WriteAsync(GrainId owner, MessageRecord record, string? etag);
}
