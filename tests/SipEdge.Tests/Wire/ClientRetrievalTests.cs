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

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [Requirement("DM-12.1.1-1", "DM-12.1.1-1a", "DM-12.1.1-1b", "DM-12.1.1-1c", "DM-12.1.1-3", "DM-12.1.1-4a")]
    public async Task Pull_ByIds_SendsTheListBesideTheOfferAndBringsThemInItsOrder(int count)
    {
        var wire = new SentRequests();
        await using var bob = Open("bob", "builder", useTcp: false);
        await using var alice = Open("alice", "wonderland", useTcp: false, new ClientWire(wire, null));
        for (var number = 0; number < count + 1; number++)
        {
            (await bob.SendAsync(new OutgoingMessage { To = "sip:alice@example.net", Body = Encoding.UTF8.GetBytes($"number {number}") }))
                .Status.ShouldBe(202);
        }

        var all = await TakeAsync(alice, []);
        var wanted = all.TakeLast(count).Reverse().ToList();
        wire.Requests.Clear();

        var messages = await TakeAsync(alice, [.. wanted.Select(message => message.MessageId)]);

        messages.Select(message => message.MessageId).ShouldBe(wanted.Select(message => message.MessageId));
        var invite = wire.Requests.First(request => request.Method == SipMethod.Invite);
        invite.RequestUri.ToString().ShouldBe(Deferred);
        invite.GetText(SipHeaderName.Require).ShouldBe("recipient-list-invite");
        invite.GetText(SipHeaderName.AcceptContact).ShouldBe("*;+g.oma.sip-im");
        invite.GetText(SipHeaderName.Contact)!.ShouldEndWith(";+g.oma.sip-im");
        invite.GetText(SipHeaderName.UserAgent).ShouldStartWith("IM-client/OMA1.0 ");
        invite.GetText(SipHeaderName.ContentType).ShouldBe("multipart/mixed;boundary=p");
        var body = invite.Body.ToString();
        body.ShouldContain("a=recvonly\r\n");
        body.ShouldContain("Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n");
        body.Split("<entry uri=\"").Skip(1).Select(entry => entry.Split('"')[0]).ShouldBe(wanted.Select(message => message.MessageId));
    }

    [Fact]
    [Requirement("D3")]
    public async Task Pull_ByAnIdThatIsNotThere_FindsNothing()
    {
        await using var alice = Open("alice", "wonderland", useTcp: false);

        var result = await alice.PullAsync(["sip:aaaaaaaaaaaaaaaaaaaaaaaaaa@im.example.net"], _ => ValueTask.CompletedTask);

        result.IsEmpty.ShouldBeTrue(result.ToString());
    }

    private static async Task<List<RetrievedMessage>> TakeAsync(ImClient client, IReadOnlyList<string> ids)
    {
        var messages = new List<RetrievedMessage>();
        var result = await client.PullAsync(ids, message =>
        {
            messages.Add(message);
            return ValueTask.CompletedTask;
        });
        result.IsComplete.ShouldBeTrue(result.ToString());
        return messages;
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
