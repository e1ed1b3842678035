using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A push by way of the core in front, wherever its PUBLISH came from.</summary>
public sealed class NextHopTests(ServiceBehindANextHop service) : IClassFixture<ServiceBehindANextHop>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-1h", "DM-12.2.2.5-3")]
    public async Task Push_WithANextHop_GoesThereWithIdentityAndItsDialogFollowsTheRecordRoute()
    {
        using var phone = new RawCallee(service, "dave");
        using var core = new RawCallee(service, "dave", service.CorePort);
        await phone.DepositAsync("by the core");
        await phone.PublishedAsync();

        var invite = await core.TakeAsync(SipMethod.Invite);
        invite.RequestUri.ToString().ShouldBe("sip:dave@example.net");
        invite.GetText(SipHeaderName.PAssertedIdentity).ShouldBe("<sip:Deferred@im.example.net>");
        core.Answer(
            invite,
            200,
            "Record-Route: <sip:core.example.net;lr>\nContact: <sip:dave@192.0.2.77:5060>\nContent-Type: application/sdp\n",
            core.Description());
        ShouldBeRouted(await core.TakeAsync(SipMethod.Ack));

        using var msrp = await RawMsrp.ConnectAsync(service.Msrp);
        await core.OpenAsync(msrp, invite);
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("by the core");
        ShouldBeRouted(await core.TakeByeAsync());
        (await phone.IsLeftAloneAsync()).ShouldBeTrue();
    }

    private static void ShouldBeRouted(SipMessage request)
    {
        request.RequestUri.ToString().ShouldBe("sip:dave@192.0.2.77:5060");
        request.GetText(SipHeaderName.Route).ShouldBe("<sip:core.example.net;lr>");
    }
}
