using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Registration;

/// <summary>The registrar on the wire, RFC 3261 10.3. Each test has a user of its own.</summary>
public sealed class RegistrarTests(ServiceWithASmallRegistrar service) : IClassFixture<ServiceWithASmallRegistrar>
{
    [Fact]
    public async Task Register_AddRefreshRemove_EachAnswerTellsAllBindings()
    {
        using var dave = new RawRegistrant(service, "dave");
        RawRegistrant.BindingsOf(await dave.RegisterAsync(null, 1)).ShouldBeEmpty();
        RawRegistrant.BindingsOf(await dave.RegisterAsync("<sip:a@192.0.2.1>;q=0.5, <sip:b@192.0.2.1>;q=0.7;expires=60", 2, "Expires: 300\n"))
            .ShouldBe(["<sip:b@192.0.2.1>;q=0.7;expires=60", "<sip:a@192.0.2.1>;q=0.5;expires=300"]);

        // The same contact in another spelling (19.1.4), without a lifetime, and one that is too long.
        RawRegistrant.BindingsOf(await dave.RegisterAsync("<sip:a@192.0.2.1>;q=0.5", 3))[1].ShouldBe("<sip:a@192.0.2.1>;q=0.5;expires=600");
        RawRegistrant.BindingsOf(await dave.RegisterAsync("<sip:%61@192.0.2.1>;expires=999999", 4))[0].ShouldBe("<sip:%61@192.0.2.1>;expires=3540");

        var left = RawRegistrant.BindingsOf(await dave.RegisterAsync("<sip:a@192.0.2.1>;expires=0", 5)).ShouldHaveSingleItem();
        left.ShouldStartWith("<sip:b@192.0.2.1>;q=0.7;expires=");
        RawRegistrant.BindingsOf(await dave.RegisterAsync("*", 6, "Expires: 0\n")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Register_OutOfOrder_Is500AndNothingOfItIsDone()
    {
        using var erin = new RawRegistrant(service, "erin");
        RawRegistrant.BindingsOf(await erin.RegisterAsync("<sip:a@192.0.2.1>", 7)).Count.ShouldBe(1);

        (await erin.RegisterAsync("<sip:new@192.0.2.1>, <sip:a@192.0.2.1>;expires=0", 7)).StatusCode.ShouldBe(500);
        (await erin.RegisterAsync("*", 6, "Expires: 0\n")).StatusCode.ShouldBe(500);
        RawRegistrant.BindingsOf(await erin.RegisterAsync(null, 1)).ShouldHaveSingleItem().ShouldStartWith("<sip:a@192.0.2.1>;");

        // A client that was started anew counts anew.
        RawRegistrant.BindingsOf(await erin.RegisterAsync("<sip:a@192.0.2.1>;expires=0", 1, callId: RawSip.NextMark())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<sip:a@192.0.2.1>;expires=59", "", 423)]
    [InlineData("<sip:a@192.0.2.1>", "Expires: 1\n", 423)]
    [InlineData("*", "", 400)]
    [InlineData("*", "Expires: 60\n", 400)]
    [InlineData("*, <sip:a@192.0.2.1>", "Expires: 0\n", 400)]
    [InlineData("<mailto:frank@example.net>", "", 400)]
    [InlineData("<sip:a@192.0.2.1>;q=2", "", 400)]
    [InlineData("<sip:a@192.0.2.1>;q=0.12345", "", 400)]
    [InlineData("<sip:1@h>, <sip:2@h>, <sip:3@h>, <sip:4@h>", "", 403)]
    [InlineData("<sip:a@192.0.2.1>", "Require: path\n", 420)]
    public async Task Register_ThatCannotBeTaken_IsRefusedPrecisely(string contacts, string headers, int status)
    {
        using var frank = new RawRegistrant(service, "frank");

        var answer = await frank.RegisterAsync(contacts, 1, headers);

        answer.StatusCode.ShouldBe(status, answer.ToString());
        if (status == 423)
        {
            answer.GetText(SipHeaderName.MinExpires).ShouldBe("60");
        }

        RawRegistrant.BindingsOf(await frank.RegisterAsync(null, 2)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Register_OneBindingMoreThanAUserMayHave_Is403AndTheOthersStay()
    {
        using var grace = new RawRegistrant(service, "grace");
        RawRegistrant.BindingsOf(await grace.RegisterAsync("<sip:1@h>, <sip:2@h>", 1)).Count.ShouldBe(2);
        RawRegistrant.BindingsOf(await grace.RegisterAsync("<sip:3@h>, <sip:1@h>;expires=0, <sip:4@h>", 2)).Count.ShouldBe(3);

        (await grace.RegisterAsync("<sip:5@h>", 3)).StatusCode.ShouldBe(403);

        RawRegistrant.BindingsOf(await grace.RegisterAsync("*", 4, "Expires: 0\n")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sip:ivan@example.net", "example.net", 403)] // somebody else's
    [InlineData("sip:nobody@example.net", "example.net", 404)]
    [InlineData("sip:heidi@example.net", "other.example.net", 404)]
    [InlineData("sip:heidi@example.net", "im.example.net", 200)] // the host of the service
    public async Task Register_AddressAndDomain_AreTheUsersOwn(string to, string domain, int status)
    {
        using var heidi = new RawRegistrant(service, "heidi");

        (await heidi.RegisterAsync(null, 1, to: to, domain: domain)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Options_OfTheHost_TellOfTheRegistrar()
    {
        using var peer = new RawSip(service.Sip);

        (await peer.ExchangeAsync(peer.Request("OPTIONS", "sip:im.example.net"))).GetText(SipHeaderName.Allow).ShouldBe("REGISTER, OPTIONS");
    }

    [Fact]
    public async Task Register_TooManyInAll_Is503WithATime()
    {
        var users = new[] { "judy", "kim", "leo", "mia", "nora" };
        var refused = 0;
        foreach (var user in users)
        {
            using var registrant = new RawRegistrant(service, user);
            var answer = await registrant.RegisterAsync("<sip:1@h>, <sip:2@h>, <sip:3@h>", 1);
            if (answer.StatusCode == 503)
            {
                answer.Contains(SipHeaderName.RetryAfter).ShouldBeTrue();
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(0);
        foreach (var user in users)
        {
            using var registrant = new RawRegistrant(service, user);
            RawRegistrant.BindingsOf(await registrant.RegisterAsync("*", 2, "Expires: 0\n")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Push_ToSeveralBindings_GoesToOneAfterTheOtherInTheirOrder()
    {
        using var first = new RawRegistrant(service, "olga");
        using var second = new RawRegistrant(service, "olga");
        await second.RegisterAsync($"{second.Contact};q=0.2", 1);
        await first.RegisterAsync("<sip:elsewhere@192.0.2.66:5999>;q=0.9", 1); // what it names is never gone to
        await first.Callee.DepositAsync("for one of them");

        await second.Callee.PublishedAsync();
        var invite = await first.Callee.TakeAsync(SipMethod.Invite);
        invite.RequestUri.ToString().ShouldBe("sip:elsewhere@192.0.2.66:5999");
        invite.GetText(SipHeaderName.To).ShouldBe("<sip:olga@example.net>");
        first.Callee.Answer(invite, 486);
        await first.Callee.TakeAsync(SipMethod.Ack);

        var next = await second.Callee.TakeAsync(SipMethod.Invite);
        next.RequestUri.ToString().ShouldBe(second.Contact.Trim('<', '>'));
        using var msrp = await second.Callee.AcceptAndOpenAsync(next);
        (await Push.RawCallee.TakeMessageAsync(msrp)).ShouldContain("for one of them");
        await second.Callee.TakeByeAsync();
        await first.RegisterAsync("*", 2, "Expires: 0\n", callId: RawSip.NextMark());
    }
}
