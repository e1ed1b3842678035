using System.Collections.Immutable;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Messages;

/// <summary>
/// The rules of a message record: created once, read any number of times, ended once. What an unconfirmed write did is
/// found out by reading back.
/// </summary>
internal sealed class MessageStore(IMessageRecords records, GrainId owner)
{
    private const int MaxAttempts = 4;

    private static readonly ReadReceipt Unreadable = new() { Outcome = ReadOutcome.StoreUnavailable };

    /// <summary>Writes the record unless there is one.</summary>
    public async ValueTask<StoreReceipt> CreateAsync(MessageRecord record)
    {
        var write = await records.WriteAsync(owner, record, etag: null);
        if (write.Status == RecordWriteStatus.Written)
        {
            return new StoreReceipt { Outcome = StoreOutcome.Created, ReceivedAt = record.Content.ReceivedAt };
        }

        // There is a record, or nobody knows. One that is there now counts as another's even if this call made it: the
        // mailbox then looks for its entry, which is right in both cases.
        var read = await records.ReadAsync(owner);
        return read.Status != RecordReadStatus.Found
            ? new StoreReceipt { Outcome = StoreOutcome.StoreUnavailable }
            : new StoreReceipt
            {
                Outcome = read.Value!.End is null ? StoreOutcome.Exists : StoreOutcome.Tombstoned,
                ReceivedAt = read.Value.Content.ReceivedAt,
            };
    }

    /// <summary>The content, or that there is none any more.</summary>
    public async ValueTask<(ReadReceipt Receipt, string Mailbox)> ReadAsync()
    {
        var read = await records.ReadAsync(owner);
        return read.Status switch
        {
            RecordReadStatus.Found when read.Value!.End is null =>
                (new ReadReceipt { Outcome = ReadOutcome.Found, Content = read.Value.Content }, read.Value.Mailbox),
            RecordReadStatus.Found => (new ReadReceipt { Outcome = ReadOutcome.Tombstoned }, string.Empty),
            RecordReadStatus.Absent => (new ReadReceipt { Outcome = ReadOutcome.Missing }, string.Empty),
            _ => (Unreadable, string.Empty),
        };
    }

    /// <summary>
    /// Adds what is kept of the BYE to a living message, unless it is there. What cannot be written now is left out: the message
    /// itself is safe.
    /// </summary>
    public async ValueTask EndSessionAsync(ImmutableArray<byte> bye)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await records.ReadAsync(owner);
            if (read.Value is not { End: null } record || record.Content.Session.AsSpan().EndsWith(bye.AsSpan()))
            {
                return;
            }

            var ended = record with { Content = record.Content with { Session = [.. record.Content.Session, .. bye] } };
            if ((await records.WriteAsync(owner, ended, read.Etag)).Status == RecordWriteStatus.Written)
            {
                return;
            }
        }
    }

    /// <summary>Ends the message; the first outcome stands. A record that is missing leaves a tombstone all the same.</summary>
    public async ValueTask<TombstoneReceipt> EndAsync(Tombstone end, int keyId)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await records.ReadAsync(owner);
            if (read.Status == RecordReadStatus.Unavailable)
            {
                break;
            }

            if (read.Value?.End is { } first)
            {
                return new TombstoneReceipt { Outcome = first.Outcome };
            }

            var record = (read.Value ?? new MessageRecord { KeyId = keyId }).Bury(end);
            var write = await records.WriteAsync(owner, record, read.Etag);
            if (write.Status == RecordWriteStatus.Written)
            {
                return new TombstoneReceipt { Outcome = end.Outcome };
            }
        }

        return new TombstoneReceipt();
    }
}
