using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Registration;

/// <summary>Behind a core there is no registrar.</summary>
public sealed class NoRegistrarTests(ServiceBehindARegistrar service) : IClassFixture<ServiceBehindARegistrar>
{
    [Fact]
    public async Task Register_BehindACore_Is405()
    {
        using var dave = new RawRegistrant(service, "dave");

        var answer = await dave.RegisterAsync(dave.Contact, 1);

        answer.StatusCode.ShouldBe(405);
        answer.GetText(SipHeaderName.Allow).ShouldBe("OPTIONS");
    }
}
