using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Silo.Hosting;
using PosteRestante.Storage.Bodies.Sweeping;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Bodies of MESSAGE that are too large for their record, and what becomes of bodies that nobody wants.</summary>
public sealed class LargeBodyTests(ServiceWithBodies service) : IClassFixture<ServiceWithBodies>
{
    [Theory]
    [InlineData("dave", 32 * 1024, false)]
    [InlineData("erin", (32 * 1024) + 1, true)]
    [InlineData("frank", 64 * 1024, true)]
    [Requirement("DM-12.2.2.3-1", "D9")]
    public async Task Message_AboveTheInlineLimit_HasItsBodyInTheBodyStore(string user, int length, bool isApart)
    {
        var body = RawDeposit.Text(length);
        using var sip = new RawTcpSip(service.Sip);
        for (var time = 0; time < 2; time++)
        {
            // Sent twice, it is stored once.
            (await sip.ExchangeAsync(Request(user, body))).StatusCode.ShouldBe(202);
        }

        var stored = (await service.WaitingAsync(user)).ShouldHaveSingleItem().Content;
        stored.Mode.ShouldBe(MessageMode.Pager);
        stored.Body.IsNone.ShouldBe(!isApart);
        (isApart ? await service.BodyAsync(stored) : stored.Octets.AsSpan()[stored.BodyOffset..].ToArray()).ShouldBe(RawDeposit.Octets(body));
        (await service.BodiesOfAsync(user)).ShouldBe(isApart ? 1 : 0);
        stored.Octets.AsSpan().Slice(stored.BodyOffset - 4, 4).SequenceEqual("\r\n\r\n"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Sweeper_TakesWhatNoLivingMessageRefersTo()
    {
        using var call = await RawDeposit.OpenAsync(service, "grace");
        (await call.SendAsync("tr000001", "msg00001", "1-4/4", "kept")).ShouldBe(200);
        (await call.SendAsync("tr000002", "msg00002", "1-4/4", "done")).ShouldBe(200);
        await call.ByeAsync();
        await ForgottenAsync("grace"); // as a crash between the body and its deposit leaves it
        await DeliverSecondAsync("grace");
        using var sweeper = new BodySweeper(
            service.Bodies,
            new MailboxBodies(service.Grains),
            new BodySweeperOptions { Grace = TimeSpan.Zero },
            TimeProvider.System,
            NullLogger<BodySweeper>.Instance);

        await Polling.UntilAsync(
            async () =>
            {
                while (!await sweeper.StepAsync())
                {
                }

                return await service.BodiesOfAsync("grace") == 1;
            },
            "the bodies that nobody wants to go");

        var kept = (await service.WaitingAsync("grace")).ShouldHaveSingleItem().Content;
        (await service.BodyAsync(kept)).ShouldBe("kept"u8.ToArray());
    }

    private static string Request(string user, string body) =>
        $"MESSAGE sip:{user}@example.net SIP/2.0\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK{RawSip.NextMark()}\nMax-Forwards: 70\n"
        + $"From: <sip:alice@example.net>;tag=same\nTo: <sip:{user}@example.net>\nCall-ID: large-{user}@test\nCSeq: 1 MESSAGE\n"
        + $"P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\nContent-Length: {body.Length}\n\n{body}";

    private async Task ForgottenAsync(string user)
    {
        using var writer = service.Bodies.TryBegin()!;
        writer.Write(0, "forgotten"u8);
        await writer.SealAsync(9);
        await writer.CommitAsync($"{user}@example.net", "aaaaaaaaaaaaaaaaaaaaaaaaaa");
        (await service.BodiesOfAsync(user)).ShouldBe(3);
    }

    // A push that confirms its message removes it (D11), and leaves a tombstone.
    private async Task DeliverSecondAsync(string user)
    {
        var mailbox = service.Mailbox(user);
        var begun = await mailbox.BeginDeliveryAsync(new BeginDelivery { Kind = DeliveryKind.Push, SessionId = "push" });
        var page = await mailbox.NextPageAsync(new NextDeliveryPage { Token = begun.Token, MaxMessages = 10, MaxOctets = int.MaxValue });
        var second = page.Messages[1];
        await mailbox.ConfirmDeliveryAsync(new ConfirmDelivery
        {
            Token = begun.Token,
            Outcomes = [new MessageOutcome { Sequence = second.Sequence, MessageKey = second.MessageKey, Outcome = SendOutcome.Delivered }],
        });
        await mailbox.EndDeliveryAsync(new EndDelivery { Token = begun.Token });
    }
}
