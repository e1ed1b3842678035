using System.Globalization;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Scripted;

/// <summary>Each way in which a mailbox can end a deposit has its answer, and what waits is bounded.</summary>
public sealed class DepositOutcomeTests(ScriptedService service) : IClassFixture<ScriptedService>, IDisposable
{
    private readonly RawSip _sip = new(service.Sip);
    private readonly RawSip _other = new(service.Sip);

    [Fact]
    public async Task Message_WhileAsManyWaitAsMay_Is503UntilOneIsAnswered()
    {
        var stored = new TaskCompletionSource<DepositReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mailbox = service.MailboxOf("dave");
        mailbox.Deposit = _ => new ValueTask<DepositReceipt>(stored.Task);
        _sip.Send(Message("dave"));
        await mailbox.Deposits.ReadAsync(TestContext.Current.CancellationToken);

        var refused = await _other.ExchangeAsync(Message("erin"));
        stored.SetResult(new DepositReceipt { Outcome = DepositOutcome.Stored });
        var first = await _sip.ReceiveAsync();
        var next = await _other.ExchangeAsync(Message("erin"));

        refused.StatusCode.ShouldBe(503);
        refused.GetText(SipHeaderName.Warning)!.ShouldContain("too many messages wait");
        RetryAfter(refused).ShouldBeInRange(7, 14);
        first.StatusCode.ShouldBe(202);
        next.StatusCode.ShouldBe(202, "the one that waited has its answer");
    }

    [Theory]
    [InlineData(DepositOutcome.Stored, 202)]
    [InlineData(DepositOutcome.AlreadyStored, 202)]
    [InlineData(DepositOutcome.AlreadyHandled, 202)]
    [InlineData(DepositOutcome.MailboxFull, 480)]
    [InlineData(DepositOutcome.StoreUnavailable, 503)]
    [InlineData(DepositOutcome.None, 503)]
    public async Task Message_EachOutcomeOfTheMailbox_HasItsAnswer(DepositOutcome outcome, int status)
    {
        service.MailboxOf("frank").Deposit = _ => ScriptedMailbox.Receipt(outcome);

        var answer = await _sip.ExchangeAsync(Message("frank"));

        answer.StatusCode.ShouldBe(status);
        answer.Contains(SipHeaderName.RetryAfter).ShouldBe(status == 503);
    }

    [Fact]
    public async Task Message_MailboxThatFails_Is503WithATimeAndTheNextOneIsTaken()
    {
        service.MailboxOf("grace").Deposit = _ => throw new TimeoutException();

        var answer = await _sip.ExchangeAsync(Message("grace"));

        answer.StatusCode.ShouldBe(503);
        RetryAfter(answer).ShouldBeInRange(7, 14);
        (await _sip.ExchangeAsync(Message("heidi"))).StatusCode.ShouldBe(202);
    }

    public void Dispose()
    {
        _sip.Dispose();
        _other.Dispose();
    }

    private static int RetryAfter(SipMessage answer) =>
        int.Parse(answer.GetText(SipHeaderName.RetryAfter)!, NumberStyles.None, CultureInfo.InvariantCulture);

    private string Message(string user) => _sip.Request(
        "MESSAGE", $"sip:{user}@example.net", "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\n", "x");
}
