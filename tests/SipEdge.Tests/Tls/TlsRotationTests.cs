using PosteRestante.Client.Sending;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>Certificates that are replaced while the service runs. Real sockets.</summary>
public sealed class TlsRotationTests(ServiceWithTls service) : IClassFixture<ServiceWithTls>
{
    [Fact]
    public async Task Files_Change_NewConnectionsSeeTheNewCertificateAndOldOnesGoOn()
    {
        using var text = new RawSip(service.Sip);
        using var old = new RawTcpSip(service.Sips, service.ClientSettings());
        await using var alice = service.Open("alice", "wonderland");
        (await alice.SendAsync(Message("before"))).Status.ShouldBe(202);
        var before = old.Shown.Thumbprint;

        // Unusable first: empty, half written, another's key, gone. What was loaded stays.
        foreach (var trouble in new Action[]
        {
            () => File.WriteAllText(service.CertificateFile, string.Empty),
            () => File.WriteAllText(service.CertificateFile, "-----BEGIN CERTIFICATE-----\nMIIB"),
            () => File.WriteAllText(service.CertificateFile, service.Authority.Issue(["im.example.net"]).Certificate),
            () => File.Delete(service.KeyFile),
        })
        {
            trouble();
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System); // let it look; nothing is to come of it
            using var meanwhile = new RawTcpSip(service.Sips, service.ClientSettings());
            meanwhile.Shown.Thumbprint.ShouldBe(before);
        }

        using var next = new TestAuthority("Next Authority");
        next.Issue(service.CertificateFile, service.KeyFile, "im.example.net");
        await Polling.UntilAsync(() => Shown(next) is { } shown && shown != before, "the new certificate");

        (await old.ExchangeAsync(text.Request("OPTIONS", "sip:im.example.net"))).StatusCode.ShouldBe(200);
        (await alice.SendAsync(Message("after"))).Status.ShouldBe(202); // over the connection that stands
        await using var bob = service.Open("bob", "builder", trusted: next);
        var result = await bob.PullAsync(static _ => ValueTask.CompletedTask);
        result.IsComplete.ShouldBeTrue(result.ToString());
        result.Received.ShouldBe(2);
    }

    private static OutgoingMessage Message(string text) =>
        new() { To = "sip:bob@example.net", Body = System.Text.Encoding.UTF8.GetBytes(text) };

    // Null while the certificate is not one that this authority vouches for.
    private string? Shown(TestAuthority authority)
    {
        try
        {
            using var peer = new RawTcpSip(service.Sips, service.ClientSettings(authority));
            return peer.Shown.Thumbprint;
        }
        catch (System.Security.Authentication.AuthenticationException)
        {
            return null;
        }
    }
}
