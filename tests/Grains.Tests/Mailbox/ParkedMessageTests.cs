using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.Mailbox;

/// <summary>A message that failed again and again is kept from push; its owner can call for it as often as he likes.</summary>
public class ParkedMessageTests
{
    private readonly SimulatedWorld _world = new(1);
    private int _sessions;

    [Theory]
    [InlineData(SendOutcome.Rejected, true)]
    [InlineData(SendOutcome.Rejected, false)]
    [InlineData(SendOutcome.InDoubt, true)]
    [InlineData(SendOutcome.InDoubt, false)]
    [Requirement("D11", "D2")]
    public void Pull_OfAMessageThatFailedManyTimes_BringsItAgainAfterTheOthers(SendOutcome failure, bool includeDelivered) =>
        _world.Pump.Run(async () =>
        {
            var mailbox = _world.Activate();
            await mailbox.DepositAsync(_world.Deposit("bad"));
            for (var i = 0; i < 10; i++)
            {
                (await DeliverAsync(mailbox, DeliveryKind.Pull, includeDelivered, failure)).ShouldBe(["bad"]);
            }

            await mailbox.DepositAsync(_world.Deposit("good"));
            (await DeliverAsync(mailbox, DeliveryKind.Pull, includeDelivered, SendOutcome.InDoubt)).ShouldBe(["good", "bad"]);
            (await DeliverAsync(mailbox, DeliveryKind.Pull, includeDelivered, SendOutcome.Delivered)).ShouldBe(["good", "bad"]);
        });

    [Fact]
    public void Push_OfAParkedMessage_BringsNothing() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        await mailbox.DepositAsync(_world.Deposit("bad"));
        await DeliverAsync(mailbox, DeliveryKind.Push, false, SendOutcome.Rejected);
        await DeliverAsync(mailbox, DeliveryKind.Push, false, SendOutcome.Rejected);

        (await mailbox.BeginAsync(new BeginDelivery { Kind = DeliveryKind.Push, SessionId = "push" }))
            .Outcome.ShouldBe(DeliveryOutcome.NothingWaiting);
        (await mailbox.BeginAsync(new BeginDelivery { Kind = DeliveryKind.Pull, SessionId = "pull" })).Count.ShouldBe(1);
    });

    private async Task<List<string>> DeliverAsync(
        SimulatedMailbox mailbox, DeliveryKind kind, bool includeDelivered, SendOutcome outcome)
    {
        var begun = await mailbox.BeginAsync(new BeginDelivery
        {
            Kind = kind,
            SessionId = $"s{++_sessions}",
            IncludeDelivered = includeDelivered,
        });
        begun.Outcome.ShouldBe(DeliveryOutcome.Granted);
        var subjects = new List<string>();
        long after = 0;
        for (var last = false; !last;)
        {
            var page = await mailbox.NextPageAsync(new NextDeliveryPage
            {
                Token = begun.Token,
                AfterSequence = after,
                MaxMessages = 1,
                MaxOctets = 10_000,
            });
            subjects.AddRange(page.Messages.Select(message => message.Content.Subject));
            await mailbox.ConfirmAsync(new ConfirmDelivery
            {
                Token = begun.Token,
                Outcomes = [.. page.Messages.Select(message => new MessageOutcome
                {
                    Sequence = message.Sequence,
                    MessageKey = message.MessageKey,
                    Outcome = outcome,
                })],
            });
            (after, last) = (page.NextAfterSequence, page.IsLast);
        }

        begun.Count.ShouldBe(subjects.Count);
        await mailbox.EndAsync(new EndDelivery { Token = begun.Token, AfterSequence = after });
        return subjects;
    }
}
