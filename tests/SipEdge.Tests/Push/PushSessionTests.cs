using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>What happens to a push whose session stands. Each test has a mailbox of its own.</summary>
public sealed class PushSessionTests(ServiceThatPushes service) : IClassFixture<ServiceThatPushes>
{
    [Theory]
    [InlineData("dave", true)]
    [InlineData("erin", false)]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.5-1", "D11")]
    public async Task Push_EndedInTheMiddleOfAMessage_BringsItAgainUnderItsIdAndNotTheOthers(string user, bool byBye)
    {
        using var callee = new RawCallee(service, user);
        await callee.DepositAsync("taken");
        await callee.DepositAsync(new string('x', 20_000));
        var tag = await callee.PublishedAsync();
        var invite = await callee.TakeAsync(SipMethod.Invite);
        string doubtful;
        using (var msrp = await callee.AcceptAndOpenAsync(invite))
        {
            var taken = await msrp.ReceiveAsync();
            taken.ShouldContain("taken");
            doubtful = await msrp.ReceiveAsync(); // and no answer
            await msrp.SendAsync(RawMsrp.Answer(taken, 200));
            await callee.OpenAsync(msrp, invite);
            if (byBye)
            {
                (await callee.ByeAsync(invite)).StatusCode.ShouldBe(200);
                (await msrp.IsClosedAsync()).ShouldBeTrue();
            }
        }

        if (!byBye)
        {
            await callee.TakeByeAsync();
        }

        using var again = await callee.AcceptAndOpenAsync(await callee.RefreshedUntilCalledAsync(tag));
        var frame = await RawCallee.TakeMessageAsync(again);
        RawMsrp.Field(frame, "Message-ID").ShouldBe(RawMsrp.Field(doubtful, "Message-ID"));
        await callee.TakeByeAsync();
        await callee.PublishedAsync($"SIP-If-Match: {tag}\n", string.Empty);
        (await callee.IsLeftAloneAsync()).ShouldBeTrue();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.5-3")]
    public async Task Message_TooLateForAPush_StartsAnotherAtOnce()
    {
        using var frank = new RawCallee(service, "frank");
        await frank.DepositAsync("in time");
        await frank.PublishedAsync();
        using (var msrp = await frank.AcceptAndOpenAsync(await frank.TakeAsync(SipMethod.Invite)))
        {
            (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("in time");
            var bye = await frank.TakeAsync(SipMethod.Bye);
            await frank.DepositAsync("too late"); // the lease is given back when the BYE is answered
            frank.Sip.Accept(bye);
        }

        using var second = await frank.AcceptAndOpenAsync(await frank.TakeAsync(SipMethod.Invite));
        (await RawCallee.TakeMessageAsync(second)).ShouldContain("too late");
        await frank.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-R1")]
    public async Task Push_WhoseRefreshIsRefused_IsEndedBeforeTheIntervalIsOver()
    {
        using var grace = new RawCallee(service, "grace");
        await grace.DepositAsync("kept");
        var tag = await grace.PublishedAsync();
        var invite = await grace.TakeAsync(SipMethod.Invite);
        using (var msrp = await grace.AcceptAndOpenAsync(invite, "Session-Expires: 2;refresher=uac\nRequire: timer\n"))
        {
            await msrp.ReceiveAsync(); // and no answer
            while (true)
            {
                var request = await grace.Sip.ReceiveAsync();
                if (request.Method == SipMethod.Invite && request.IsRequest)
                {
                    grace.Answer(request, 500);
                }
                else if (request.Method == SipMethod.Bye && request.IsRequest)
                {
                    request.ToString().ShouldContain("\r\nReason: SIP;cause=408");
                    grace.Sip.Accept(request);
                    break;
                }
            }
        }

        using var again = await grace.AcceptAndOpenAsync(await grace.RefreshedUntilCalledAsync(tag));
        (await RawCallee.TakeMessageAsync(again)).ShouldContain("kept");
        await grace.TakeByeAsync();
    }
}
