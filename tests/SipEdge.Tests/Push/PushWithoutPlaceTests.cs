using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A push that has no use for its place just now.</summary>
public sealed class PushWithoutPlaceTests(ServiceWithOnePlace service) : IClassFixture<ServiceWithOnePlace>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Push_ThatWaitsForALiveDelivery_TakesNobodysPlace()
    {
        using var grace = new RawCallee(service, "grace");
        using var heidi = new RawCallee(service, "heidi");
        await grace.DepositAsync("pulled");
        await heidi.DepositAsync("pushed");
        using var pull = await RawRetrieval.BeginAsync(service, "grace");
        await grace.PublishedAsync();

        await heidi.PublishedAsync();
        using var msrp = await heidi.AcceptAndOpenAsync(await heidi.TakeAsync(SipMethod.Invite));
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("pushed");
        await heidi.TakeByeAsync();

        await pull.OpenAsync();
        await pull.TakeAsync();
        await pull.TakeByeAsync();
    }
}
