using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Registration;

/// <summary>Nobody registers without proof of who he is.</summary>
public sealed class RegistrationIdentityTests(ServiceInTheOpen service) : IClassFixture<ServiceInTheOpen>
{
    [Fact]
    public async Task Register_WithoutCredentials_Is401()
    {
        using var bob = new RawRegistrant(service, "bob");

        var answer = await bob.RegisterAsync(bob.Contact, 1);

        answer.StatusCode.ShouldBe(401);
        answer.Contains(SipHeaderName.WwwAuthenticate).ShouldBeTrue();
    }
}
