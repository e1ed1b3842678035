using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.Mailbox;

/// <summary>A delivery of the messages that a list names; what it has in common with one of all is in the model tests.</summary>
public class ListedDeliveryTests
{
    private readonly SimulatedWorld _world = new(1, new MailboxOptions { HeadEntries = 4, PageEntries = 4, FanOut = 2, MaxDeliveryPage = 8 });

    [Fact]
    [Requirement("DM-12.2.1.1-1", "DM-12.2.1.1-2", "DM-12.2.1.1.2-2a", "D4")]
    public void Delivery_OfAListOverManyPages_KeepsItsOrderAndPassesOverWhatIsNotHere() => _world.Pump.Run(async () =>
    {
        var mailbox = await FilledAsync(60);
        int[] wanted = [59, 3, 17, 0, 44, 58, 1, 30, 29, 28, 27, 12];
        var keys = wanted.Select(number => _world.KeyOf($"m{number}")).ToList();
        keys.InsertRange(5, [_world.KeyOf("unknown"), "no key", keys[0]]);

        var begun = await mailbox.BeginAsync(ByList("s1", keys));

        begun.Outcome.ShouldBe(DeliveryOutcome.Granted);
        begun.Count.ShouldBe(wanted.Length);
        (await DrainAsync(mailbox, begun.Token)).ShouldBe(wanted.Select(number => $"m{number}"));
    });

    [Fact]
    [Requirement("D3")]
    public void Begin_NothingOfTheListIsHere_TakesNoLeaseAndDisturbsNoOther() => _world.Pump.Run(async () =>
    {
        var mailbox = await FilledAsync(10);
        var running = await mailbox.BeginAsync(new BeginDelivery { Kind = DeliveryKind.Pull, SessionId = "running" });

        (await mailbox.BeginAsync(ByList("s1", []))).Outcome.ShouldBe(DeliveryOutcome.NothingWaiting);
        (await mailbox.BeginAsync(ByList("s2", [_world.KeyOf("unknown")]))).Outcome.ShouldBe(DeliveryOutcome.NothingWaiting);

        (await DrainAsync(mailbox, running.Token)).Count.ShouldBe(10);
    });

    [Fact]
    public void Delivery_AfterARestart_GoesOnWithItsList() => _world.Pump.Run(async () =>
    {
        var mailbox = await FilledAsync(20);
        var begun = await mailbox.BeginAsync(ByList("s1", [_world.KeyOf("m7"), _world.KeyOf("m2"), _world.KeyOf("m9")]));
        var first = await mailbox.NextPageAsync(new NextDeliveryPage { Token = begun.Token, MaxMessages = 1, MaxOctets = 1 });

        var restarted = _world.Activate();

        (await DrainAsync(restarted, begun.Token, first.NextAfterSequence)).ShouldBe(["m2", "m9"]);
        (await restarted.BeginAsync(ByList("s1", [_world.KeyOf("m7"), _world.KeyOf("m2"), _world.KeyOf("m9")]))).Token.ShouldBe(begun.Token);
    });

    [Fact]
    public void Message_OfTheList_DoesNotExpireUnderTheLeaseButAnotherDoes() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        await mailbox.DepositAsync(_world.Deposit("listed", lifetime: TimeSpan.FromSeconds(30)));
        await mailbox.DepositAsync(_world.Deposit("other", lifetime: TimeSpan.FromSeconds(30)));
        var begun = await mailbox.BeginAsync(ByList("s1", [_world.KeyOf("listed")]));
        _world.Clock.Now += TimeSpan.FromSeconds(40);

        (await mailbox.ListAsync(new ListMailbox { MaxEntries = 10 })).Messages.Select(message => message.Subject).ShouldBe(["listed"]);
        (await DrainAsync(mailbox, begun.Token)).ShouldBe(["listed"]);
    });

    [Theory]
    [InlineData("m0", true)]
    [InlineData(null, false)]
    public void End_SaysWhetherMoreWaitsThanTheListBrought(string? left, bool moreWaiting) => _world.Pump.Run(async () =>
    {
        var mailbox = await FilledAsync(3);
        var listed = Enumerable.Range(0, 3).Select(number => $"m{number}").Where(name => name != left).Select(_world.KeyOf);
        var begun = await mailbox.BeginAsync(ByList("s1", [.. listed]));

        (await mailbox.EndAsync(new EndDelivery { Token = begun.Token })).MoreWaiting.ShouldBe(moreWaiting);
    });

    private static BeginDelivery ByList(string session, IEnumerable<string> keys) => new()
    {
        Kind = DeliveryKind.Pull,
        SessionId = session,
        IncludeDelivered = true,
        ByList = true,
        MessageKeys = [.. keys],
    };

    private static async Task<List<string>> DrainAsync(SimulatedMailbox mailbox, long token, long after = 0)
    {
        var subjects = new List<string>();
        for (var last = false; !last;)
        {
            var page = await mailbox.NextPageAsync(
                new NextDeliveryPage { Token = token, AfterSequence = after, MaxMessages = 5, MaxOctets = 350 });
            page.Outcome.ShouldBe(DeliveryOutcome.Granted);
            page.Messages.Length.ShouldBeLessThanOrEqualTo(3); // of 100 octets each
            subjects.AddRange(page.Messages.Select(message => message.Content.Subject));
            (after, last) = (page.NextAfterSequence, page.IsLast);
        }

        return subjects;
    }

    private async Task<SimulatedMailbox> FilledAsync(int messages)
    {
        var mailbox = _world.Activate();
        for (var number = 0; number < messages; number++)
        {
            await mailbox.DepositAsync(_world.Deposit($"m{number}"));
            _world.Clock.Now += TimeSpan.FromSeconds(1);
        }

        return mailbox;
    }
}
