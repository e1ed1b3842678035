using System.Security.Cryptography.X509Certificates;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>A service that asks its SIP peers for certificates. A certificate is no identity of a user.</summary>
public sealed class ClientCertificateTests(ServiceThatAsksClients service) : IClassFixture<ServiceThatAsksClients>
{
    [Fact]
    public async Task Peer_WithACertificateOfTheAuthority_IsServedAndStillHasToSayWhoItIs()
    {
        using var peer = Connect(service.Clients);
        using var text = new RawSip(service.Sip);

        (await peer.ExchangeAsync(text.Request("OPTIONS", "sip:im.example.net"))).StatusCode.ShouldBe(200);
        (await peer.ExchangeAsync(text.Request(
            "MESSAGE", "sip:bob@example.net", "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\n", "x"))).StatusCode.ShouldBe(401);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Peer_WithoutOne_IsCut(bool hasAnother)
    {
        using var stranger = new TestAuthority();
        try
        {
            using var peer = hasAnother ? Connect(stranger) : new RawTcpSip(service.Sips, service.ClientSettings());

            // In TLS 1.3 a client learns what the server thinks of its certificate only after the handshake.
            (await peer.IsClosedAsync()).ShouldBeTrue();
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            // Refused in the handshake.
        }
    }

    private RawTcpSip Connect(TestAuthority authority)
    {
        var (certificate, key) = authority.Issue(["core.example.net"]);
        var settings = service.ClientSettings();
        settings.ClientCertificates = [X509Certificate2.CreateFromPem(certificate, key)];
        return new RawTcpSip(service.Sips, settings);
    }
}
