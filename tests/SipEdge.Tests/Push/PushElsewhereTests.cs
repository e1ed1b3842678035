using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A push of a mailbox that another node delivers just now.</summary>
public sealed class PushElsewhereTests(ServiceInTrouble service) : IClassFixture<ServiceInTrouble>
{
    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Push_WhileAnotherNodeDelivers_WaitsForItsEnd()
    {
        using var dave = new RawCallee(service, "dave");
        await dave.DepositAsync("left over");
        var asked = 0;
        service.Trouble.Begin = request => request.Kind == DeliveryKind.Push && asked++ < 2 ? new DeliveryBegun { Outcome = DeliveryOutcome.Busy } : null;
        await dave.PublishedAsync();

        using var msrp = await dave.AcceptAndOpenAsync(await dave.TakeAsync(SipMethod.Invite));
        asked.ShouldBe(3);
        (await RawCallee.TakeMessageAsync(msrp)).ShouldContain("left over");
        await dave.TakeByeAsync();
    }
}
