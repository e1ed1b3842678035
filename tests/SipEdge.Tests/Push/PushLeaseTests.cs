using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Scripted;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>The lease of a push as its mailbox sees it.</summary>
public sealed class PushLeaseTests(ScriptedService service) : IClassFixture<ScriptedService>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-R4")]
    public async Task Lease_WhileAPushRings_IsRenewedAndThenGivenBack()
    {
        var mailbox = service.MailboxOf("dave");
        mailbox.Waiting = [new WaitingMessage { Sequence = 1, MessageKey = new string('a', 26) }];
        mailbox.LeaseTime = TimeSpan.FromMilliseconds(300);
        using var dave = new RawCallee(service, "dave");
        await dave.PublishedAsync();
        var invite = await dave.TakeAsync(SipMethod.Invite);
        dave.Answer(invite, 180);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        for (var renewal = 0; renewal < 4; renewal++)
        {
            var renewed = await mailbox.Confirmations.ReadAsync(patience.Token);
            renewed.Token.ShouldBe(ScriptedMailbox.Token);
            renewed.Outcomes.ShouldBeEmpty();
        }

        mailbox.Ends.TryRead(out _).ShouldBeFalse();
        dave.Answer(invite, 486);
        await dave.TakeAsync(SipMethod.Ack);
        (await mailbox.Ends.ReadAsync(patience.Token)).Token.ShouldBe(ScriptedMailbox.Token);
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Lease_ThatAnotherTakesWhileAPushRings_EndsTheCall()
    {
        var mailbox = service.MailboxOf("erin");
        mailbox.Waiting = [new WaitingMessage { Sequence = 1, MessageKey = new string('b', 26) }];
        mailbox.LeaseTime = TimeSpan.FromMilliseconds(300);
        mailbox.Confirm = static _ => DeliveryOutcome.Superseded; // a pull on another node
        using var erin = new RawCallee(service, "erin");
        await erin.PublishedAsync();
        var invite = await erin.TakeAsync(SipMethod.Invite);
        erin.Answer(invite, 180);

        erin.Sip.Accept(await erin.TakeAsync(SipMethod.Cancel));
        erin.Answer(invite, 487);
        await erin.TakeAsync(SipMethod.Ack);
    }
}
