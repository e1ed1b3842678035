using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Tests.Operations;

public class DepositOperationTests
{
    private static readonly PackedKey Key = new(1, 0);

    [Fact]
    public void Deposit_OnTheHeadItWasCheckedAgainst_IsAdded()
    {
        var head = new MailboxHead { Lineage = 1 };
        var deposit = Deposit(lineage: 1, created: true);

        deposit.Apply(head, now: 0).ShouldBeTrue();

        deposit.Verdict.ShouldBe(DepositVerdict.Added);
        head.Totals.Count.ShouldBe(1);
    }

    [Fact]
    public void Deposit_AfterAnotherActivationWrote_LooksAgainBeforeItAdds()
    {
        // The other activation may have committed the same message, which pages may hold by now.
        var head = new MailboxHead { Lineage = 2 };
        var deposit = Deposit(lineage: 1, created: true);

        deposit.Apply(head, now: 0).ShouldBeFalse();

        deposit.Verdict.ShouldBe(DepositVerdict.LookAgain);
        head.Totals.Count.ShouldBe(0);
    }

    [Fact]
    public void Deposit_OfWhatTheHeadHas_IsWaitingOrHandledByItsExpiry()
    {
        var head = new MailboxHead { Lineage = 1 };
        Deposit(lineage: 1, created: true).Apply(head, now: 0);
        var repeat = Deposit(lineage: 1, created: false);

        repeat.Apply(head.Draft(), now: 50).ShouldBeFalse();
        repeat.Verdict.ShouldBe(DepositVerdict.Waiting);
        repeat.Apply(head.Draft(), now: 100).ShouldBeFalse();
        repeat.Verdict.ShouldBe(DepositVerdict.Handled);
    }

    [Fact]
    public void Deposit_OfWhatEndedAndIsNotCarriedOut_IsHandled()
    {
        var head = new MailboxHead { Lineage = 1 };
        head.Restore(new EntryBlock(), [], [new Intent { Sequence = 1, Key = Key, Outcome = TerminalOutcome.Delivered }]);
        var repeat = Deposit(lineage: 1, created: false);

        repeat.Apply(head, now: 0).ShouldBeFalse();

        repeat.Verdict.ShouldBe(DepositVerdict.Handled);
    }

    [Theory]
    [InlineData(1, 1000, 1)]
    [InlineData(10, 25, 2)]
    public void Deposit_OverALimit_IsRefused(int maxMessages, long maxOctets, int stored)
    {
        var options = new MailboxOptions { MaxMessages = maxMessages, MaxOctets = maxOctets };
        var head = new MailboxHead { Lineage = 1 };
        for (var i = 0; i < 5; i++)
        {
            Deposit(lineage: 1, created: true, options).Apply(head, now: 0);
        }

        head.Totals.Count.ShouldBe(stored);
    }

    [Fact]
    public void Deposit_WithLongTexts_KeepsTheIndexBounded()
    {
        var head = new MailboxHead { Lineage = 1 };
        var content = Content() with { From = new string('a', 513), Subject = new string('ü', 40) };

        new DepositOperation(Key, content, 1, true, new MailboxOptions()).Apply(head, now: 0);

        foreach (var entry in head.Newest)
        {
            entry.ToListedMessage().From.ShouldBeEmpty();
            entry.ToListedMessage().Subject.ShouldBe(new string('ü', 32));
        }
    }

    private static DepositOperation Deposit(int lineage, bool created, MailboxOptions? options = null) =>
        new(Key, Content(), lineage, created, options ?? new MailboxOptions());

    private static DeferredContent Content() => new()
    {
        Octets = [.. new byte[10]],
        ReceivedAt = new DateTimeOffset(0, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(100, TimeSpan.Zero),
        From = "sip:bob@localhost",
    };
}
