using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Tests.Simulation;

namespace PosteRestante.Grains.Tests.Mailbox;

/// <summary>The one writer: batches, unconfirmed writes, stale activations.</summary>
public class HeadWriterTests
{
    private readonly SimulatedWorld _world = new(3);

    [Fact]
    public void Operations_WhileAWriteIsUnderWay_ShareTheNext() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => mailbox.DepositAsync(_world.Deposit($"m{i}")).AsTask()));

        _world.Records.MessageWrites.ShouldBe(100);
        _world.Records.HeadWrites.ShouldBeLessThan(100);
    });

    [Fact]
    public void Write_WhoseAnswerIsLost_IsFoundByReadingBack() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        await mailbox.DepositAsync(_world.Deposit("one"));
        _world.Records.LoseNextHeadAnswer = true;

        (await mailbox.DepositAsync(_world.Deposit("two"))).Outcome.ShouldBe(DepositOutcome.Stored);

        _world.Records.LoseNextHeadAnswer.ShouldBeFalse();
        (await _world.Activate().ListAsync(new ListMailbox { MaxEntries = 10 })).Messages.Length.ShouldBe(2);
    });

    [Fact]
    public void StaleActivation_Confirming_RecordsOnTheHeadThatIsStored() => _world.Pump.Run(async () =>
    {
        var stale = _world.Activate();
        var live = _world.Activate();
        var deposit = await stale.DepositAsync(_world.Deposit("one"));
        await live.DepositAsync(_world.Deposit("two"));
        var begun = await live.BeginAsync(new BeginDelivery { SessionId = "s" });

        // The stale activation knows neither this lease nor the second message.
        var confirmed = await stale.ConfirmAsync(new ConfirmDelivery
        {
            Token = begun.Token,
            Outcomes = [new MessageOutcome { Sequence = 1, MessageKey = deposit.MessageKey, Outcome = SendOutcome.Delivered }],
        });

        confirmed.Outcome.ShouldBe(DeliveryOutcome.Granted);
        var listed = (await _world.Activate().ListAsync(new ListMailbox { MaxEntries = 10 })).Messages;
        listed.Select(message => message.Delivered).ShouldBe([true, false]);
    });

    [Fact]
    public void StaleActivation_BelievingTheLeaseGone_CannotEndTheOther() => _world.Pump.Run(async () =>
    {
        var stale = _world.Activate();
        await stale.DepositAsync(_world.Deposit("one"));
        var first = await stale.BeginAsync(new BeginDelivery { SessionId = "s1" });
        var live = _world.Activate();
        var second = await live.BeginAsync(new BeginDelivery { SessionId = "s2" });

        (await stale.EndAsync(new EndDelivery { Token = first.Token })).Outcome.ShouldBe(DeliveryOutcome.Superseded);

        (await live.NextPageAsync(new NextDeliveryPage { Token = second.Token, MaxMessages = 5, MaxOctets = 1000 }))
            .Messages.Length.ShouldBe(1);
    });

    [Fact]
    public void StaleActivation_ThatDoesNotKnowTheLease_EndsItAllTheSame() => _world.Pump.Run(async () =>
    {
        var stale = _world.Activate();
        await stale.DepositAsync(_world.Deposit("one"));
        var begun = await _world.Activate().BeginAsync(new BeginDelivery { SessionId = "s" });

        (await stale.EndAsync(new EndDelivery { Token = begun.Token })).Outcome.ShouldBe(DeliveryOutcome.Granted);
    });

    [Fact]
    public void Confirm_ThatNeverFindsRoom_MakesIt() => _world.Pump.Run(async () =>
    {
        _world.Options.MaxIntents = 64;
        _world.Options.FoldIntents = 64;
        var mailbox = _world.Activate();
        for (var i = 0; i < 200; i++)
        {
            await mailbox.DepositAsync(_world.Deposit($"m{i}", size: 1));
        }

        var begun = await mailbox.BeginAsync(new BeginDelivery { SessionId = "s" });
        long after = 0;
        foreach (var size in new[] { 5, 62, 62, 62 })
        {
            var page = await mailbox.NextPageAsync(new NextDeliveryPage
            {
                Token = begun.Token,
                AfterSequence = after,
                MaxMessages = size,
                MaxOctets = 1000,
            });
            var confirmed = await mailbox.ConfirmAsync(new ConfirmDelivery
            {
                Token = begun.Token,
                Outcomes = [.. page.Messages.Select(message => Cluster.Requests.Outcome(message))],
            });
            confirmed.Outcome.ShouldBe(DeliveryOutcome.Granted);
            after = page.NextAfterSequence;
        }

        (await mailbox.ListAsync(new ListMailbox { MaxEntries = 200 })).Messages.Count(message => message.Delivered).ShouldBe(191);
    });
}
