using Orleans.Embedded.Simulation;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Tests.Cluster;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.LocalOnly;

public sealed class ExpiryTests : IDisposable
{
    private readonly SimulatedSilo _silo = new(1, new DisorderOptions());

    [Fact]
    [Requirement("DM-12.2.2.4-3")]
    public void Message_DueWithinTheHorizon_WakesItsMailboxInTime()
    {
        _silo.Run(async () => await _silo.Mailbox().DepositAsync(
            Requests.Deposit("soon", _silo.Now, TimeSpan.FromMinutes(9))));
        _silo.Activations.ShouldBe(2, "The message keeps a timer.");

        _silo.Advance(TimeSpan.FromMinutes(9) + TimeSpan.FromSeconds(5));

        // Nobody asked the mailbox for anything: the hint alone ended it.
        _silo.Run(async () =>
        {
            var listing = await _silo.Mailbox().ListAsync(new ListMailbox { MaxEntries = 1 });
            listing.TotalMessages.ShouldBe(0);
            (await _silo.Mailbox().DepositAsync(Requests.Deposit("soon", _silo.Now))).Outcome.ShouldBe(DepositOutcome.AlreadyHandled);
        });
        _silo.Activations.ShouldBe(1, "The message sleeps.");
    }

    [Fact]
    public void Message_DueLater_SleepsAndExpiryIsJudgedWhenRead()
    {
        _silo.Run(async () => await _silo.Mailbox().DepositAsync(
            Requests.Deposit("later", _silo.Now, TimeSpan.FromMinutes(11))));
        _silo.Activations.ShouldBe(1, "Only the mailbox is awake.");

        _silo.Advance(TimeSpan.FromMinutes(12));

        _silo.Run(async () =>
        {
            (await Requests.ListAsync(_silo.Mailbox())).ShouldBeEmpty();
            (await _silo.Mailbox().BeginDeliveryAsync(new BeginDelivery { SessionId = "s", IncludeDelivered = true }))
                .Outcome.ShouldBe(DeliveryOutcome.NothingWaiting);
        });
    }

    [Fact]
    public void Entry_UnderLease_IsPinnedUntilTheDeliveryEnds() => _silo.Run(async () =>
    {
        var mailbox = _silo.Mailbox();
        await mailbox.DepositAsync(Requests.Deposit("one", _silo.Now, TimeSpan.FromSeconds(30)));
        var begun = await mailbox.BeginDeliveryAsync(new BeginDelivery { SessionId = "s" });

        await mailbox.HintDueAsync(_silo.Now + TimeSpan.FromSeconds(31));
        await Task.Yield();

        (await mailbox.NextPageAsync(new NextDeliveryPage { Token = begun.Token, MaxMessages = 5, MaxOctets = 1000 }))
            .Messages.Length.ShouldBe(1);
        (await Requests.ListAsync(mailbox)).Count.ShouldBe(1);
    });

    [Fact]
    public void Deposits_Many_LeaveNoMessageAwake()
    {
        _silo.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var receipt = await _silo.Mailbox().DepositAsync(Requests.Deposit($"m{i}", _silo.Now));
                receipt.Outcome.ShouldBe(DepositOutcome.Stored);
            }
        });

        _silo.Activations.ShouldBe(1, "The mailbox alone.");

        _silo.Run(async () => (await Requests.DeliverAsync(_silo.Mailbox(), DeliveryKind.Pull, "s")).Count.ShouldBe(2_000));

        _silo.Activations.ShouldBe(1, "The mailbox alone.");
    }

    public void Dispose() => _silo.Dispose();
}
