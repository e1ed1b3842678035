using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>More users are back than may be pushed to at once.</summary>
public sealed class PushPlaceTests(ServiceWithOnePlace service) : IClassFixture<ServiceWithOnePlace>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-R4")]
    public async Task Push_BeyondThePlaces_WaitsItsTurnAndBeyondThatForTheNextRefresh()
    {
        using var dave = new RawCallee(service, "dave");
        using var erin = new RawCallee(service, "erin");
        using var frank = new RawCallee(service, "frank");
        await dave.DepositAsync("first");
        await erin.DepositAsync("second");
        await frank.DepositAsync("third");
        await dave.PublishedAsync();
        var invite = await dave.TakeAsync(SipMethod.Invite);
        dave.Answer(invite, 180);
        await erin.PublishedAsync();
        (await erin.IsLeftAloneAsync()).ShouldBeTrue();
        var tag = await frank.PublishedAsync(); // no more may wait: the 200 promises nothing

        using (var msrp = await dave.AcceptAndOpenAsync(invite))
        {
            (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("first");
            var bye = await dave.TakeAsync(SipMethod.Bye);
            (await erin.IsLeftAloneAsync()).ShouldBeTrue(); // a whole delivery later
            dave.Sip.Accept(bye);
        }

        var next = await erin.TakeAsync(SipMethod.Invite);
        (await frank.IsLeftAloneAsync()).ShouldBeTrue();
        using (var msrp = await erin.AcceptAndOpenAsync(next))
        {
            (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("second");
            await erin.TakeByeAsync();
        }

        using var last = await frank.AcceptAndOpenAsync(await frank.RefreshedUntilCalledAsync(tag));
        (await RawCallee.TakeMessageAsync(last)).ShouldContain("third");
        await frank.TakeByeAsync();
    }
}
