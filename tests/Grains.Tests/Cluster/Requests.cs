using System.Text;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Tests.Cluster;

/// <summary>What an edge would send.</summary>
internal static class Requests
{
    public static DepositRequest Deposit(string name, DateTimeOffset now, TimeSpan? lifetime = null) => new()
    {
        DedupeKey = [.. Encoding.UTF8.GetBytes(name)],
        Content = new DeferredContent
        {
            Octets = [.. Encoding.UTF8.GetBytes($"MESSAGE sip:alice@localhost SIP/2.0\r\n\r\n{name}")],
            ReceivedAt = now,
            ExpiresAt = now + (lifetime ?? TimeSpan.FromDays(7)),
            From = "sip:bob@localhost",
            Subject = name,
            CallId = $"call-{name}",
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        },
    };

    public static MessageOutcome Outcome(WaitingMessage message, SendOutcome outcome = SendOutcome.Delivered) => new()
    {
        Sequence = message.Sequence,
        MessageKey = message.MessageKey,
        Outcome = outcome,
    };

    /// <summary>One delivery from begin to end, as an edge drives it.</summary>
    public static async Task<List<WaitingMessage>> DeliverAsync(
        IUserMailbox mailbox, DeliveryKind kind, string session, SendOutcome outcome = SendOutcome.Delivered)
    {
        var brought = new List<WaitingMessage>();
        var begun = await mailbox.BeginDeliveryAsync(
            new BeginDelivery { Kind = kind, SessionId = session, IncludeDelivered = kind == DeliveryKind.Pull });
        if (begun.Outcome != DeliveryOutcome.Granted)
        {
            return brought;
        }

        long after = 0;
        for (var last = false; !last;)
        {
            var page = await mailbox.NextPageAsync(new NextDeliveryPage
            {
                Token = begun.Token,
                AfterSequence = after,
                MaxMessages = 64,
                MaxOctets = 1 << 20,
            });
            page.Outcome.ShouldBe(DeliveryOutcome.Granted);
            brought.AddRange(page.Messages);
            var confirmed = await mailbox.ConfirmDeliveryAsync(new ConfirmDelivery
            {
                Token = begun.Token,
                Outcomes = [.. page.Messages.Select(message => Outcome(message, outcome))],
            });
            confirmed.Outcome.ShouldBe(DeliveryOutcome.Granted);
            (after, last) = (page.NextAfterSequence, page.IsLast);
        }

        await mailbox.EndDeliveryAsync(new EndDelivery { Token = begun.Token, AfterSequence = after });
        return brought;
    }

    public static async Task<List<ListedMessage>> ListAsync(IUserMailbox mailbox)
    {
        var listed = new List<ListedMessage>();
        for (var last = false; !last;)
        {
            var page = await mailbox.ListAsync(
                new ListMailbox { AfterSequence = listed.Count > 0 ? listed[^1].Sequence : 0, MaxEntries = 200 });
            page.Outcome.ShouldBe(DeliveryOutcome.Granted);
            listed.AddRange(page.Messages);
            last = page.IsLast;
        }

        return listed;
    }
}
