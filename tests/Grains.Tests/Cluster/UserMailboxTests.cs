using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.Cluster;

/// <summary>The mailbox as an edge meets it, under whichever grain runtime this was built for.</summary>
public sealed class UserMailboxTests
{
    [Fact]
    [Requirement("DM-12.2.2.3-1", "D9")]
    public async Task Deposit_ThenPull_BringsTheOctetsAsTheyCame()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var mailbox = cluster.Mailbox();
        var request = Requests.Deposit("one", cluster.Clock.Now);

        var receipt = await mailbox.DepositAsync(request);
        var brought = await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "s1");

        receipt.Outcome.ShouldBe(DepositOutcome.Stored);
        brought.Count.ShouldBe(1);
        brought[0].MessageKey.ShouldBe(receipt.MessageKey);
        brought[0].Content.Octets.ShouldBe(request.Content.Octets);
        (brought[0].Content with { Octets = [], Session = [] }).ShouldBe(request.Content with { Octets = [], Session = [] });
    }

    [Fact]
    [Requirement("D11")]
    public async Task Pull_Twice_BringsAllAgainWithTheNextGeneration()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var mailbox = cluster.Mailbox();
        await mailbox.DepositAsync(Requests.Deposit("one", cluster.Clock.Now));

        var first = await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "s1");
        var second = await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "s2");

        first.Single().Generation.ShouldBe(0);
        second.Single().Generation.ShouldBe(1);
        (await Requests.ListAsync(mailbox)).Single().Delivered.ShouldBeTrue();
    }

    [Fact]
    [Requirement("D11")]
    public async Task Push_Confirmed_RemovesAndARepeatIsHandled()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var mailbox = cluster.Mailbox();
        var request = Requests.Deposit("one", cluster.Clock.Now);
        await mailbox.DepositAsync(request);

        (await Requests.DeliverAsync(mailbox, DeliveryKind.Push, "s1")).Count.ShouldBe(1);

        (await Requests.ListAsync(mailbox)).ShouldBeEmpty();
        (await mailbox.DepositAsync(request)).Outcome.ShouldBe(DepositOutcome.AlreadyHandled);
        await cluster.CrashAsync();
        (await cluster.Mailbox().DepositAsync(request)).Outcome.ShouldBe(DepositOutcome.AlreadyHandled);
    }

    [Fact]
    public async Task Crash_AfterDeposits_LosesNoneAndRepeatsStoreNothing()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var names = Enumerable.Range(0, 150).Select(i => $"m{i}").ToList();
        foreach (var name in names)
        {
            (await cluster.Mailbox().DepositAsync(Requests.Deposit(name, cluster.Clock.Now))).Outcome.ShouldBe(DepositOutcome.Stored);
        }

        await cluster.CrashAsync();

        (await Requests.ListAsync(cluster.Mailbox())).Select(message => message.Subject).ShouldBe(names);
        foreach (var name in names)
        {
            (await cluster.Mailbox().DepositAsync(Requests.Deposit(name, cluster.Clock.Now))).Outcome.ShouldBe(DepositOutcome.AlreadyStored);
        }

        cluster.Records.Count("message").ShouldBe(names.Count);
        (await Requests.DeliverAsync(cluster.Mailbox(), DeliveryKind.Pull, "s1"))
            .Select(message => message.Content.Subject).ShouldBe(names);
    }

    [Fact]
    public async Task Deposit_ManyAtOnce_CommitsEachOnceInFewWrites()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var mailbox = cluster.Mailbox();

        var deposits = Enumerable.Range(0, 400)
            .Select(i => mailbox.DepositAsync(Requests.Deposit($"m{i % 200}", cluster.Clock.Now)).AsTask());
        var receipts = await Task.WhenAll(deposits);

        receipts.Count(receipt => receipt.Outcome == DepositOutcome.Stored).ShouldBe(200);
        receipts.Count(receipt => receipt.Outcome == DepositOutcome.AlreadyStored).ShouldBe(200);
        var listed = await Requests.ListAsync(mailbox);
        listed.Select(message => message.Subject).Distinct().Count().ShouldBe(200);
        listed.Select(message => message.Sequence).ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
    }

    [Fact]
    public async Task Deposit_OnlyIfKnown_AnswersForWhatWasTakenAndStoresNothing()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var waiting = Requests.Deposit("waiting", cluster.Clock.Now);
        var handled = Requests.Deposit("handled", cluster.Clock.Now);
        await cluster.Mailbox().DepositAsync(handled);
        await Requests.DeliverAsync(cluster.Mailbox(), DeliveryKind.Push, "s1");
        await cluster.Mailbox().DepositAsync(waiting);
        await cluster.CrashAsync();
        var writes = cluster.Records.Writes;

        (await AskAsync(waiting)).ShouldBe(DepositOutcome.AlreadyStored);
        (await AskAsync(handled)).ShouldBe(DepositOutcome.AlreadyHandled);
        (await AskAsync(Requests.Deposit("other", cluster.Clock.Now))).ShouldBe(DepositOutcome.NotKnown);
        cluster.Records.Writes.ShouldBe(writes);

        async Task<DepositOutcome> AskAsync(DepositRequest request) =>
            (await cluster.Mailbox().DepositAsync(request with { OnlyIfKnown = true })).Outcome;
    }

    [Fact]
    public async Task Deposit_BeyondTheLimit_IsRefusedAndStoresNothing()
    {
        await using var cluster = await GrainCluster.StartAsync(options => options.MaxMessages = 3);
        var mailbox = cluster.Mailbox();
        for (var i = 0; i < 3; i++)
        {
            await mailbox.DepositAsync(Requests.Deposit($"m{i}", cluster.Clock.Now, TimeSpan.FromMinutes(30)));
        }

        var writes = cluster.Records.Writes;
        (await mailbox.DepositAsync(Requests.Deposit("m3", cluster.Clock.Now))).Outcome.ShouldBe(DepositOutcome.MailboxFull);
        (await mailbox.DepositAsync(Requests.Deposit("m1", cluster.Clock.Now))).Outcome.ShouldBe(DepositOutcome.AlreadyStored);
        cluster.Records.Writes.ShouldBe(writes);

        cluster.Clock.Now += TimeSpan.FromMinutes(31);
        (await mailbox.DepositAsync(Requests.Deposit("m3", cluster.Clock.Now))).Outcome.ShouldBe(DepositOutcome.Stored);
        (await Requests.ListAsync(mailbox)).Select(message => message.Subject).ShouldBe(["m3"]);
    }

    [Fact]
    public async Task Pull_DuringPull_PreemptsAndTheOldTokenIsSuperseded()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var mailbox = cluster.Mailbox();
        await mailbox.DepositAsync(Requests.Deposit("one", cluster.Clock.Now));
        var first = await mailbox.BeginDeliveryAsync(new BeginDelivery { SessionId = "s1" });
        var page = await mailbox.NextPageAsync(
            new NextDeliveryPage { Token = first.Token, MaxMessages = 10, MaxOctets = 1000 });

        var second = await mailbox.BeginDeliveryAsync(new BeginDelivery { SessionId = "s2" });

        second.Token.ShouldBeGreaterThan(first.Token);
        (await mailbox.NextPageAsync(new NextDeliveryPage { Token = first.Token, MaxMessages = 10, MaxOctets = 1000 }))
            .Outcome.ShouldBe(DeliveryOutcome.Superseded);
        var late = await mailbox.ConfirmDeliveryAsync(
            new ConfirmDelivery { Token = first.Token, Outcomes = [Requests.Outcome(page.Messages[0])] });
        late.Outcome.ShouldBe(DeliveryOutcome.Superseded);
        (await Requests.ListAsync(mailbox)).Single().Delivered.ShouldBeTrue();
        (await mailbox.BeginDeliveryAsync(new BeginDelivery { Kind = DeliveryKind.Push, SessionId = "s3" }))
            .Outcome.ShouldBe(DeliveryOutcome.Busy);
    }

    [Fact]
    [Requirement("D2")]
    public async Task Begin_WithNothing_TakesNoLease()
    {
        await using var cluster = await GrainCluster.StartAsync();

        (await cluster.Mailbox().BeginDeliveryAsync(new BeginDelivery { SessionId = "s1", IncludeDelivered = true }))
            .Outcome.ShouldBe(DeliveryOutcome.NothingWaiting);

        cluster.Records.Count("head").ShouldBe(0);
    }

    [Fact]
    public async Task Rejected_Message_GoesLastThenParksForPushAlone()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var mailbox = cluster.Mailbox();
        var bad = await mailbox.DepositAsync(Requests.Deposit("bad", cluster.Clock.Now));
        await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "s1", SendOutcome.Rejected);
        await mailbox.DepositAsync(Requests.Deposit("good", cluster.Clock.Now));

        var second = await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "s2", SendOutcome.InDoubt);
        var third = await Requests.DeliverAsync(mailbox, DeliveryKind.Push, "s3");
        var fourth = await Requests.DeliverAsync(mailbox, DeliveryKind.Pull, "s4");

        second.Select(message => message.Content.Subject).ShouldBe(["good", "bad"]);
        third.Select(message => message.Content.Subject).ShouldBe(["good"]);
        fourth.Select(message => message.Content.Subject).ShouldBe(["bad"]);
        (await Requests.ListAsync(mailbox)).Select(message => message.MessageKey).ShouldContain(bad.MessageKey);
    }
}
