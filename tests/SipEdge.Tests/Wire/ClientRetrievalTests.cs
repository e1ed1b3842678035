using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>The client procedures of 12.1.1 for "all", as they leave its socket, and what comes of them.</summary>
public sealed class ClientRetrievalTests(ServiceInTheOpen service) : IClassFixture<ServiceInTheOpen>
{
    private const string Deferred = "sip:Deferred@im.example.net";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Requirement("DM-12.1.1-0", "DM-12.1.1-2", "DM-12.1.1-3", "DM-12.1.1-4", "DM-12.1.1-4a", "DM-12.1.1-5", "DM-12.1.1-6")]
    public async Task Pull_OfAll_CallsTheFunctionWithARecvonlyOfferAndNoList(bool useTcp)
    {
        var wire = new SentRequests();
        await using var alice = Open("alice", "wonderland", useTcp);
        await using var bob = Open("bob", "builder", useTcp, new ClientWire(wire, null));
        var body = Encoding.UTF8.GetBytes($"over {(useTcp ? "TCP" : "UDP")}");
        (await alice.SendAsync(new OutgoingMessage { To = "sip:bob@example.net", Body = body })).Status.ShouldBe(202);

        var messages = new List<RetrievedMessage>();
        var result = await bob.PullAsync(message =>
        {
            messages.Add(message);
            return ValueTask.CompletedTask;
        });

        result.IsComplete.ShouldBeTrue(result.ToString());
        result.Allow.ShouldBe(["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS"]);
        messages.Select(message => Convert.ToHexString(message.Body.Span)).ShouldContain(Convert.ToHexString(body));
        var invite = wire.Requests.First(request => request.Method == SipMethod.Invite);
        invite.RequestUri.ToString().ShouldBe(Deferred);
        invite.GetText(SipHeaderName.ContentType).ShouldBe("application/sdp"); // no list: all
        invite.Body.ToString().ShouldContain("a=recvonly\r\n");
        invite.Body.ToString().ShouldContain("a=setup:active\r\n");
        wire.Remotes.ShouldAllBe(remote => remote.Equals(service.Sip));
    }

    private ImClient Open(string user, string password, bool useTcp, ClientWire? wire = null) => ImClient.Start(
        new ImClientOptions
        {
            Aor = $"sip:{user}@example.net",
            UserName = user,
            Password = password,
            Server = service.Sip,
            DeferredUri = Deferred,
            UseTcp = useTcp,
        },
        NullLoggerFactory.Instance,
        TimeProvider.System,
        System.Security.Cryptography.RandomNumberGenerator.Fill,
        wire);

    private sealed class SentRequests : IWireObserver
    {
        public List<SipMessage> Requests { get; } = [];

        public List<IPEndPoint> Remotes { get; } = [];

        public void OnFrame(
            WireDirection direction, SipTransportKind transport, IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> octets)
        {
            var message = new SipMessage();
            if (direction == WireDirection.Sent && SipMessageParser.Unlimited.Parse(message, octets.ToArray()).IsParsed && message.IsRequest)
            {
                Requests.Add(message);
                Remotes.Add(remote);
            }
        }
    }
}
