using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>What a PUBLISH starts (12.2.2.2), and what becomes of it. Each test has a mailbox of its own.</summary>
public sealed class PushTests(ServiceThatPushes service) : IClassFixture<ServiceThatPushes>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-1a", "DM-12.2.2.2-1b", "DM-12.2.2.2-1c", "DM-12.2.2.2-1d", "DM-12.2.2.2-1e", "DM-12.2.2.2-1f")]
    [Requirement("DM-12.2.2.2-1g", "DM-12.2.2.2-1g.ii", "DM-12.2.2.2-1h", "DM-12.2.2.2-R2", "DM-12.2.2.2-R3", "DM-12.2.2.5-1", "DM-12.2.2.5-3", "D1", "D11")]
    public async Task Publish_WithSomethingWaiting_BringsOneInviteAllMessagesAndBye()
    {
        using var dave = new RawCallee(service, "dave");
        await dave.DepositAsync("first");
        var tag = await dave.PublishedAsync();

        var invite = await dave.TakeAsync(SipMethod.Invite);
        invite.RequestUri.ToString().ShouldBe("sip:dave@example.net");
        invite.From.Uri.ToString().ShouldBe("sip:Deferred@im.example.net");
        invite.GetText(SipHeaderName.To).ShouldBe("<sip:dave@example.net>");
        invite.GetText(SipHeaderName.AcceptContact).ShouldBe("*;+g.oma.sip-im;require;explicit");
        invite.GetText(SipHeaderName.UserAgent)!.ShouldStartWith("IM-serv/OMA1.0 ");
        invite.GetText(SipHeaderName.Contact)!.ShouldEndWith(">;automata;+g.oma.sip-im");
        invite.GetText(SipHeaderName.Supported).ShouldBe("timer");
        invite.GetText(SipHeaderName.SessionExpires).ShouldBe("1800;refresher=uac");
        invite.Contains(SipHeaderName.PAssertedIdentity).ShouldBeFalse(); // no core in front
        foreach (var line in new[] { " TCP/MSRP *", "a=accept-types:multipart/mixed", "a=path:msrp://127.0.0.1:", "a=setup:actpass", "a=sendonly" })
        {
            invite.Body.ToString().ShouldContain(line);
        }

        using var msrp = await dave.AcceptAndOpenAsync(invite);
        var first = await msrp.ReceiveAsync();
        first.ShouldContain("\r\n\r\nfirst\r\n--");

        // A refresh during the push starts nothing, and what comes meanwhile is appended to it.
        await dave.PublishedAsync($"SIP-If-Match: {tag}\n", string.Empty);
        await dave.DepositAsync("second");
        await msrp.SendAsync(RawMsrp.Answer(first, 200));
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("\r\n\r\nsecond\r\n--");
        await dave.TakeByeAsync();

        // What was pushed is gone; another refresh finds nothing.
        await dave.PublishedAsync($"SIP-If-Match: {tag}\n", string.Empty);
        (await dave.IsLeftAloneAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(486, "erin")]
    [InlineData(480, "frank")]
    [InlineData(488, "grace")]
    [InlineData(603, "heidi")]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-R4")]
    public async Task Push_ThatIsRefused_LeavesTheMessagesToTheNextRefresh(int status, string user)
    {
        using var callee = new RawCallee(service, user);
        await callee.DepositAsync("keep me");
        var tag = await callee.PublishedAsync();
        callee.Answer(await callee.TakeAsync(SipMethod.Invite), status);
        await callee.TakeAsync(SipMethod.Ack);

        var again = await callee.RefreshedUntilCalledAsync(tag);
        using var msrp = await callee.AcceptAndOpenAsync(again);
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("keep me");
        await callee.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1f")]
    public async Task Push_ThatGets422_ComesAgainWithALongerInterval()
    {
        using var ivan = new RawCallee(service, "ivan");
        await ivan.DepositAsync("patience");
        await ivan.PublishedAsync();
        var invite = await ivan.TakeAsync(SipMethod.Invite);
        ivan.Answer(invite, 422, "Min-SE: 3600\n");

        var longer = await ivan.TakeAsync(SipMethod.Invite, request => request.Contains(SipHeaderName.MinSe));
        longer.GetText(SipHeaderName.SessionExpires).ShouldBe("3600;refresher=uac");
        longer.GetText(SipHeaderName.MinSe).ShouldBe("3600");
        using var msrp = await ivan.AcceptAndOpenAsync(longer);
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("patience");
        await ivan.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-R4")]
    public async Task Push_ThatIsAnsweredTooLate_IsAcknowledgedAndEnded()
    {
        using var judy = new RawCallee(service, "judy");
        await judy.DepositAsync("slow");
        var tag = await judy.PublishedAsync();
        var invite = await judy.TakeAsync(SipMethod.Invite);
        judy.Answer(invite, 180);
        judy.Sip.Accept(await judy.TakeAsync(SipMethod.Cancel)); // Push:AnswerWait is over
        judy.Accept(invite); // it was under way

        await judy.TakeAsync(SipMethod.Ack);
        await judy.TakeByeAsync();

        var again = await judy.RefreshedUntilCalledAsync(tag);
        using var msrp = await judy.AcceptAndOpenAsync(again);
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("slow");
        await judy.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-R1")]
    public async Task Push_WithASessionTimer_IsRefreshedByTheService()
    {
        using var paul = new RawCallee(service, "paul");
        await paul.DepositAsync("long");
        await paul.PublishedAsync();
        var invite = await paul.TakeAsync(SipMethod.Invite);
        using var msrp = await paul.AcceptAndOpenAsync(invite, "Session-Expires: 2;refresher=uac\nRequire: timer\n");
        var frame = await msrp.ReceiveAsync();

        // Half of the interval later, with the same offer.
        var refresh = await paul.TakeAsync(SipMethod.Invite, request => request.CSeq.Number > invite.CSeq.Number);
        refresh.To.Tag.IsEmpty.ShouldBeFalse();
        refresh.GetText(SipHeaderName.SessionExpires).ShouldBe("2;refresher=uac");
        refresh.Body.ToString().ShouldBe(invite.Body.ToString());
        paul.Accept(refresh);
        (await paul.TakeAsync(SipMethod.Ack)).CSeq.Number.ShouldBe(refresh.CSeq.Number);

        await msrp.SendAsync(RawMsrp.Answer(frame, 200));
        await paul.TakeByeAsync();
    }

    [Theory]
    [InlineData("kim", "a=recvonly", "a=inactive")]
    [InlineData("leo", "a=setup:active\na=path:msrp://127.0.0.1:9/", "a=setup:passive\na=path:msrp://192.0.2.99:9/")]
    [InlineData("quinn", "m=message 9 ", "m=message 0 ")]
    [InlineData("ruth", "a=accept-types:multipart/mixed", "a=accept-types:text/plain")]
    [InlineData("sybil", "a=accept-wrapped-types:message/sipfrag", "a=accept-wrapped-types:text/html")]
    [InlineData("trent", "m=message", "x=message")]
    [Requirement("DM-12.2.2.2-R3")]
    public async Task Push_WithAnAnswerThatCannotBeUsed_IsEndedAtOnce(string user, string part, string instead)
    {
        using var callee = new RawCallee(service, user);
        await callee.DepositAsync("unused");
        await callee.PublishedAsync();
        var invite = await callee.TakeAsync(SipMethod.Invite);
        RawRetrieval.Offer().ShouldContain(part);
        callee.Accept(invite, RawRetrieval.Offer().Replace(part, instead, StringComparison.Ordinal));
        await callee.TakeAsync(SipMethod.Ack);
        await callee.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_ThatWantsNothing_StartsNothing()
    {
        using var mia = new RawCallee(service, "mia");
        await mia.DepositAsync("not now");
        var tag = await mia.PublishedAsync(body: "<deferred-settings><offline-delivery active='false'/></deferred-settings>");
        (await mia.IsLeftAloneAsync()).ShouldBeTrue();
        await mia.PublishedAsync($"SIP-If-Match: {tag}\n", string.Empty);
        (await mia.IsLeftAloneAsync()).ShouldBeTrue();
        await mia.PublishedAsync($"SIP-If-Match: {tag}\nExpires: 0\n", string.Empty);
        (await mia.IsLeftAloneAsync()).ShouldBeTrue();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1", "D11")]
    public async Task Pull_DuringAPush_TakesOver()
    {
        using var nora = new RawCallee(service, "nora");
        await nora.DepositAsync("mine");
        await nora.PublishedAsync();
        using var pushed = await nora.AcceptAndOpenAsync(await nora.TakeAsync(SipMethod.Invite));
        await pushed.ReceiveAsync(); // and no answer

        using var pull = await RawRetrieval.BeginAsync(service, "nora");
        (await nora.TakeByeAsync()).ToString().ShouldContain("\r\nReason: SIP;cause=487");
        await pull.OpenAsync();
        (await pull.TakeAsync()).ShouldContain("mine");
        await pull.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Push_DuringAPull_WaitsForItsEnd()
    {
        using var olga = new RawCallee(service, "olga");
        await olga.DepositAsync("pulled");
        using var pull = await RawRetrieval.BeginAsync(service, "olga");
        await pull.OpenAsync();
        var frame = await pull.Msrp.ReceiveAsync();

        await olga.DepositAsync("pushed");
        await olga.PublishedAsync();
        (await olga.IsLeftAloneAsync()).ShouldBeTrue();
        await pull.Msrp.SendAsync(RawMsrp.Answer(frame, 200));
        await pull.TakeByeAsync();

        using var msrp = await olga.AcceptAndOpenAsync(await olga.TakeAsync(SipMethod.Invite));
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("pushed");
        await olga.TakeByeAsync();
    }
}
