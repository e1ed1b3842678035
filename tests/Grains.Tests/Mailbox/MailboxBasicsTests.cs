using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Tests.Simulation;

namespace PosteRestante.Grains.Tests.Mailbox;

public class MailboxBasicsTests
{
    private readonly SimulatedWorld _world = new(1);

    [Fact]
    public void Deposit_FirstTime_IsStoredWithTwoWrites() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();

        var receipt = await mailbox.DepositAsync(_world.Deposit("one"));

        receipt.Outcome.ShouldBe(DepositOutcome.Stored);
        receipt.MessageKey.ShouldBe(_world.KeyOf("one"));
        (_world.Records.MessageWrites, _world.Records.HeadWrites, _world.Records.PageWrites).ShouldBe((1, 1, 0));
    });

    [Fact]
    public void Deposit_Again_StoresNothingNew() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        await mailbox.DepositAsync(_world.Deposit("one"));

        (await mailbox.DepositAsync(_world.Deposit("one"))).Outcome.ShouldBe(DepositOutcome.AlreadyStored);
        (await _world.Activate().DepositAsync(_world.Deposit("one"))).Outcome.ShouldBe(DepositOutcome.AlreadyStored);

        (await mailbox.ListAsync(new ListMailbox { MaxEntries = 10 })).Messages.Length.ShouldBe(1);
        _world.Records.HeadWrites.ShouldBe(1);
    });

    [Fact]
    public void Delivery_OfAll_BringsContentInCommitOrder() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        for (var i = 0; i < 100; i++)
        {
            await mailbox.DepositAsync(_world.Deposit($"m{i}"));
        }

        var begun = await mailbox.BeginAsync(new BeginDelivery { SessionId = "s", IncludeDelivered = true });
        begun.Count.ShouldBe(100);
        var subjects = new List<string>();
        long after = 0;
        for (var last = false; !last;)
        {
            var page = await mailbox.NextPageAsync(new NextDeliveryPage
            {
                Token = begun.Token,
                AfterSequence = after,
                MaxMessages = 7,
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
                    Outcome = SendOutcome.Delivered,
                })],
            });
            (after, last) = (page.NextAfterSequence, page.IsLast);
        }

        subjects.ShouldBe(Enumerable.Range(0, 100).Select(i => $"m{i}"));
        (await mailbox.EndAsync(new EndDelivery { Token = begun.Token })).MoreWaiting.ShouldBeFalse();
        var list = await mailbox.ListAsync(new ListMailbox { MaxEntries = 200 });
        list.Messages.Length.ShouldBe(100);
        list.Messages.ShouldAllBe(message => message.Delivered);
    });
}
