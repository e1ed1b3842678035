using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Tests.Records;

/// <summary>The records of which golden files are kept: every field has a value of its own.</summary>
internal static class GoldenRecords
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static EntryBlock Entries()
    {
        var entries = new EntryBlock();
        entries.Append(Entry(1, EntryFlags.Accepted), "sip:bob@example.org", "Grüße");
        entries.Append(
            Entry(2, EntryFlags.Accepted | EntryFlags.Delivered | EntryFlags.Large) with
            {
                State = new EntryState
                {
                    Flags = EntryFlags.Accepted | EntryFlags.Delivered | EntryFlags.Large,
                    InDoubt = 2,
                    Generation = 3,
                    DeliveredToken = 10,
                    FaultToken = 8,
                    DeliveredAt = Noon.AddHours(1).UtcTicks,
                },
            },
            "sip:carol@example.org",
            string.Empty);
        return entries;
    }

    public static MailboxHead Head()
    {
        var head = new MailboxHead
        {
            Version = 42,
            LastWriteId = 0x1122334455667788,
            KeyId = 1,
            LastSequence = 2,
            LastToken = 12,
            DeleteWatermark = 0,
            RegisteredSlot = 7,
            Lease = new Lease
            {
                Token = 12,
                SessionId = "session",
                IncludeDelivered = true,
                StartedAt = Noon.UtcTicks,
                EndsAt = Noon.AddMinutes(1).UtcTicks,
                SnapshotEnd = 2,
                Count = 2,
            },
        };
        head.Restore(
            Entries(),
            [[new IndexPage(Entries()).Summarize(pageId: 5)], []],
            [
                new Intent
                {
                    Sequence = 1,
                    Key = Key(1),
                    Size = 801,
                    Paged = true,
                    Before = EntryFlags.Accepted,
                    After = new EntryState { Flags = EntryFlags.Accepted | EntryFlags.GoesLast, FaultToken = 12 },
                    Outcome = TerminalOutcome.Delivered,
                    EndedAt = Noon.UtcTicks,
                },
            ]);
        return head;
    }

    public static MessageRecord Message() => new()
    {
        KeyId = 1,
        Mailbox = "alice@example.org",
        Content = new DeferredContent
        {
            Mode = MessageMode.Large,
            Octets = [0, 1, 2, 0xFF],
            BodyOffset = 2,
            ReceivedAt = Noon,
            ExpiresAt = Noon.AddDays(7),
            From = "sip:bob@example.org",
            Subject = "Grüße",
            CallId = "call@example.org",
            ImdnMessageId = "imdn",
            Notifications = NotificationRequests.NegativeDelivery | NotificationRequests.Processing,
            SenderIdentity = SenderIdentity.Asserted,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Body = new BodyReference { Name = "alice@example.org/message/upload", Length = 5_000_000_000 },
            Session = [3, 4],
        },
    };

    private static PackedKey Key(int number) => new(new UInt128(0x0102030405060708, (ulong)number), 0xC0);

    private static Entry Entry(int number, EntryFlags flags) => new()
    {
        Key = Key(number),
        Sequence = number,
        ReceivedAt = Noon.AddSeconds(number).UtcTicks,
        ExpiresAt = Noon.AddDays(number).UtcTicks,
        Size = 800 + number,
        State = new EntryState { Flags = flags },
    };
}
