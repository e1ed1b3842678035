using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>What happens to the call of a push before its session stands. Each test has a mailbox of its own.</summary>
public sealed class PushCallTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Push_AcceptedByTwoForks_KeepsTheFirstAndEndsTheOther()
    {
        using var dave = new RawCallee(service, "dave");
        await dave.DepositAsync("once");
        await dave.PublishedAsync();
        var invite = await dave.TakeAsync(SipMethod.Invite);
        using var msrp = await dave.AcceptAndOpenAsync(invite);

        dave.Accept(invite, tag: "other");
        await dave.TakeAsync(SipMethod.Ack, static ack => ack.To.Tag.ToString() == "other");
        var ended = await dave.TakeAsync(SipMethod.Bye);
        ended.To.Tag.ToString().ShouldBe("other");
        dave.Sip.Accept(ended);

        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("once");
        (await dave.TakeByeAsync()).To.Tag.ToString().ShouldBe("callee");
    }

    [Theory]
    [InlineData("erin", false)]
    [InlineData("frank", true)]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-R4")]
    public async Task Pull_WhileAPushRings_CancelsItAndHasTheMessages(string user, bool crosses)
    {
        using var callee = new RawCallee(service, user);
        await callee.DepositAsync("mine");
        await callee.PublishedAsync();
        var invite = await callee.TakeAsync(SipMethod.Invite);
        callee.Answer(invite, 180);

        using var pull = await RawRetrieval.BeginAsync(service, user);
        callee.Sip.Accept(await callee.TakeAsync(SipMethod.Cancel));
        if (crosses)
        {
            callee.Accept(invite); // it was under way
            await callee.TakeAsync(SipMethod.Ack);
            await callee.TakeByeAsync();
        }
        else
        {
            callee.Answer(invite, 487);
            await callee.TakeAsync(SipMethod.Ack);
        }

        await pull.OpenAsync();
        (await pull.TakeAsync()).ShouldContain("mine");
        await pull.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_FromElsewhereWhileAPushRings_IsTriedWhenThatLeadsNowhere()
    {
        using var phone = new RawCallee(service, "grace");
        using var tablet = new RawCallee(service, "grace");
        await phone.DepositAsync("either");
        await phone.PublishedAsync();
        var invite = await phone.TakeAsync(SipMethod.Invite);
        phone.Answer(invite, 180);

        await tablet.PublishedAsync();
        (await tablet.IsLeftAloneAsync()).ShouldBeTrue();
        phone.Answer(invite, 486);
        await phone.TakeAsync(SipMethod.Ack);

        using var msrp = await tablet.AcceptAndOpenAsync(await tablet.TakeAsync(SipMethod.Invite));
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("either");
        await tablet.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1f")]
    public async Task Push_WhoseIntervalIsRaisedAgainAndAgain_IsGivenUpAfterThree()
    {
        using var heidi = new RawCallee(service, "heidi");
        await heidi.DepositAsync("never long enough");
        var tag = await heidi.PublishedAsync();
        var last = 0L;
        foreach (var least in new[] { 3600, 7200, 10_800 })
        {
            var invite = await heidi.TakeAsync(SipMethod.Invite, request => SessionExpires(request) > last);
            last = SessionExpires(invite);
            heidi.Answer(invite, 422, string.Create(CultureInfo.InvariantCulture, $"Min-SE: {least}\n"));
        }

        await heidi.TakeAsync(SipMethod.Ack);
        (await heidi.IsLeftAloneAsync()).ShouldBeTrue();
        SessionExpires(await heidi.RefreshedUntilCalledAsync(tag)).ShouldBe(1800); // kept, and asked for anew
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1g.ii", "DM-12.2.2.5-1")]
    public async Task Push_AnsweredByAClientThatListens_ConnectsToIt()
    {
        using var ivan = new RawCallee(service, "ivan");
        await ivan.DepositAsync("to your door");
        await ivan.PublishedAsync();
        var invite = await ivan.TakeAsync(SipMethod.Invite);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        ivan.Accept(invite, RawRetrieval.Offer($"msrp://{listener.LocalEndpoint}/abcdefghijklmnop;tcp", setup: "passive"));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var msrp = RawMsrp.Over(await listener.AcceptTcpClientAsync(patience.Token));
        var first = await msrp.ReceiveAsync(); // whoever connects sends first (RFC 4975 5.4)
        first.ShouldContain("Byte-Range: 1-0/0");
        await msrp.SendAsync(RawMsrp.Answer(first, 200));
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("to your door");
        await ivan.TakeByeAsync();
    }

    private static long SessionExpires(SipMessage invite) =>
        long.Parse(invite.GetText(SipHeaderName.SessionExpires)!.Split(';')[0], CultureInfo.InvariantCulture);
}
