using System.Text;
using System.Threading.Channels;
using PosteRestante.Client.Sending;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>Deposit, retrieval and push over TLS, SIP and MSRP. Real sockets.</summary>
public sealed class TlsSessionTests(ServiceWithTls service) : IClassFixture<ServiceWithTls>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Pull_OverTls_BringsWhatWasSentOverTls()
    {
        await using var bob = service.Open("bob", "builder");
        await using var alice = service.Open("alice", "wonderland");
        (await bob.SendAsync(Message("alice", "over TLS"))).Status.ShouldBe(202);

        var texts = new List<string>();
        var result = await alice.PullAsync(message =>
        {
            texts.Add(Encoding.UTF8.GetString(message.Body.Span));
            return ValueTask.CompletedTask;
        });

        result.IsComplete.ShouldBeTrue(result.ToString());
        texts.ShouldBe(["over TLS"]);
    }

    [Fact]
    public async Task Online_OverTls_IsPushedOverTls()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await using var bob = service.Open("bob", "builder");
        await using var alice = service.Open("alice", "wonderland");
        (await alice.SendAsync(Message("bob", "pushed"))).Status.ShouldBe(202);
        var given = Channel.CreateUnbounded<string>();
        using var leaving = new CancellationTokenSource();

        var stay = bob.StayOnlineAsync(
            message =>
            {
                given.Writer.TryWrite(Encoding.UTF8.GetString(message.Body.Span));
                return ValueTask.CompletedTask;
            },
            cancellation: leaving.Token);

        (await given.Reader.ReadAsync(patience.Token)).ShouldBe("pushed");
        await leaving.CancelAsync();
        (await stay).IsOrderly.ShouldBeTrue();
    }

    [Fact]
    public async Task Client_ThatTrustsAnotherAuthority_SendsNothing()
    {
        using var stranger = new TestAuthority();
        await using var alice = service.Open("alice", "wonderland", trusted: stranger);

        (await alice.SendAsync(Message("bob", "never"))).Status.ShouldBe(0);
    }

    [Fact]
    public async Task Options_OverTls_AreAnsweredOverTheSameConnection()
    {
        using var peer = new RawTcpSip(service.Sips, service.ClientSettings());
        using var text = new RawSip(service.Sip);

        var answer = await peer.ExchangeAsync(text.Request("OPTIONS", "sips:Deferred@im.example.net"));

        answer.StatusCode.ShouldBe(200, answer.ToString());
        answer.GetText(SipHeaderName.Via)!.ShouldStartWith("SIP/2.0/TLS ");
    }

    [Fact]
    public async Task SipsAddress_WithoutTls_Is403()
    {
        using var peer = new RawSip(service.Sip);

        var answer = await peer.ExchangeAsync(peer.Request("OPTIONS", "sips:Deferred@im.example.net"));

        answer.StatusCode.ShouldBe(403, answer.ToString());
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("TLS");
    }

    private static OutgoingMessage Message(string to, string text) => new() { To = $"sip:{to}@example.net", Body = Encoding.UTF8.GetBytes(text) };
}
