using System.Net;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

public sealed class ClientTransactionTests : IDisposable
{
    private static readonly byte[] LongBody = new byte[1300];

    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public void Message_Answered_PassesTheResponseOnce()
    {
        _stack.Send(SipMethod.Message);
        _stack.Settle();
        var request = _stack.Peer.Received.Single();
        request.TopVia.HasRport.ShouldBeTrue();
        request.TopVia.HasMagicCookie.ShouldBeTrue();
        request.TopVia.Host.ToString().ShouldBe("10.0.0.1");
        _stack.Receive(Response(request, 202));
        _stack.Receive(Response(request, 202));

        _stack.User.Responses.Select(r => r.StatusCode).ShouldBe([202]);
        _stack.Advance(5);
        _stack.Transactions.ClientTransactionCount.ShouldBe(0); // timer K
        _stack.Peer.Methods.Count().ShouldBe(1);
        _stack.Receive(Response(request, 202));
        _stack.Counted["sip.messages.dropped stray_response"].ShouldBe(1);
    }

    [Fact]
    public void Message_NeverAnswered_IsSentElevenTimesAndTimesOut()
    {
        _stack.Send(SipMethod.Message);
        _stack.Advance(33);

        _stack.Peer.Methods.Count().ShouldBe(11); // 0, 0.5, 1.5, 3.5, then every 4 s until 31.5
        _stack.User.Failures.ShouldBe([SipTransactionFailure.Timeout]);
        _stack.Transactions.ClientTransactionCount.ShouldBe(0);
    }

    [Fact]
    public void Response_OfAnotherBranchOrMethod_IsNotTaken()
    {
        _stack.Send(SipMethod.Message);
        _stack.Settle();
        var response = Response(_stack.Peer.Received.Single(), 202);
        _stack.Receive(response.Replace("z9hG4bK", "z9hG4bKx", StringComparison.Ordinal));
        _stack.Receive(response.Replace("1 MESSAGE", "1 OPTIONS", StringComparison.Ordinal));

        _stack.User.Responses.ShouldBeEmpty();
    }

    [Fact]
    public void LongRequest_ToAUdpDestination_GoesOverTcp()
    {
        _stack.AddTcp();
        using var tcp = new TestStreamPeer(_stack.Network, TestStack.Them);
        _stack.Send(SipMethod.Message, more: b => b.Body("text/plain", LongBody));
        _stack.Settle();

        _stack.Peer.Received.ShouldBeEmpty();
        var request = tcp.Received.ShouldHaveSingleItem();
        request.TopVia.Transport.ToString().ShouldBe("TCP");
        tcp.Send(Response(request, 202));
        _stack.Settle();
        _stack.User.Responses.Single().StatusCode.ShouldBe(202);
        _stack.Transactions.ClientTransactionCount.ShouldBe(0); // timer K is zero over TCP
    }

    [Fact]
    public void LongRequest_WhoseTcpIsRefused_GoesOverUdpAfterAll()
    {
        _stack.AddTcp();
        _stack.Send(SipMethod.Message, more: b => b.Body("text/plain", LongBody));
        _stack.Settle();

        _stack.Peer.Received.ShouldHaveSingleItem().TopVia.Transport.ToString().ShouldBe("UDP");
    }

    [Fact]
    public void ShortRequest_StaysWithUdp()
    {
        _stack.AddTcp();
        _stack.Send(SipMethod.Message);
        _stack.Settle();

        _stack.Peer.Received.Count.ShouldBe(1);
        _stack.Tcp.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void Request_OverTcpThatIsRefused_IsUnreachable()
    {
        _stack.AddTcp();
        _stack.Send(SipMethod.Options, new SipDestination(SipTransportKind.Tcp, TestStack.Them));
        _stack.Settle();

        _stack.User.Failures.ShouldBe([SipTransactionFailure.Unreachable]);
        _stack.Transactions.ClientTransactionCount.ShouldBe(0);
    }

    [Fact]
    public void Request_OverATransportThatIsNotThere_IsUnreachable()
    {
        _stack.Send(SipMethod.Options, new SipDestination(SipTransportKind.Tls, TestStack.Them));
        _stack.Settle();

        _stack.User.Failures.ShouldBe([SipTransactionFailure.Unreachable]);
    }

    [Fact]
    public void Requests_OverTcp_ShareOneConnection()
    {
        _stack.AddTcp();
        using var tcp = new TestStreamPeer(_stack.Network, TestStack.Them);
        for (var i = 0; i < 5; i++)
        {
            _stack.Send(SipMethod.Options, new SipDestination(SipTransportKind.Tcp, TestStack.Them));
        }

        _stack.Settle();

        tcp.Received.Count.ShouldBe(5);
        tcp.Connections.ShouldBe(1);
    }

    [Fact]
    public void Flow_LostBeforeTheResponse_IsATypedFailure()
    {
        _stack.AddTcp();
        using var tcp = new TestStreamPeer(_stack.Network, TestStack.Them);
        _stack.Send(SipMethod.Options, new SipDestination(SipTransportKind.Tcp, TestStack.Them));
        _stack.Settle();
        tcp.Cut();
        _stack.Settle();

        _stack.User.Failures.ShouldBe([SipTransactionFailure.FlowLost]);
        _stack.Tcp.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void Requests_BeyondTheBound_FailAtOnce()
    {
        using var stack = new TestStack(options: new SipTransactionOptions { MaxClientTransactions = 1 });
        stack.Send(SipMethod.Options);
        stack.Send(SipMethod.Options);
        stack.Settle();

        stack.User.Failures.ShouldBe([SipTransactionFailure.TooMany]);
        stack.Peer.Received.Count.ShouldBe(1);
        stack.Transactions.ClientTransactionCount.ShouldBe(1);
    }

    [Fact]
    public void Challenge_IsAnsweredOnce()
    {
        var dialogs = _stack.AddDialogs();
        var client = new DigestClient("bob", "secret", PosteRestante.SipStack.Sip.SipIdentifiers.FromSeed(3));
        _stack.Peer.OnMessage = request => _stack.Peer.Send(
            TestStack.Us,
            Response(request, 401, extra: "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"\r\n"));

        var result = _stack.Loop.Complete(() => dialogs.SendAsync(
            dialogs.StartRequest(SipMethod.Options, SipUri.Parse("sip:alice@example.net"), "<sip:bob@example.net>", "<sip:alice@example.net>"),
            new SipDestination(SipTransportKind.Udp, TestStack.Them),
            client));

        result.Response!.StatusCode.ShouldBe(401);
        _stack.Peer.Methods.Count().ShouldBe(2);
        var again = _stack.Peer.Received[1];
        again.CSeq.Number.ShouldBe(2u);
        again.CallId.ShouldBe(_stack.Peer.Received[0].CallId);
        again.From.Tag.ShouldBe(_stack.Peer.Received[0].From.Tag);
        again.Contains(SipHeaderName.Authorization).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Messages_OverALossyNetwork_AreEachHandledOnceAndAnswered(int seed)
    {
        // Both ends are this stack: what is lost is sent again, what is doubled is absorbed.
        using var stack = new TestStack(seed);
        stack.Network.Options.Loss = 0.3;
        stack.Network.Options.Duplication = 0.2;
        stack.Network.Options.MaxDelay = TimeSpan.FromMilliseconds(700);
        stack.User.Handle = t => t.Respond(202);
        for (var i = 0; i < 100; i++)
        {
            var callId = $"call-{i}";
            var builder = new SipRequestBuilder().Start(SipMethod.Message, SipUri.Parse("sip:alice@example.net"))
                .From("<sip:bob@example.net>", "tag").To("<sip:alice@example.net>").CallId(callId).CSeq(1).MaxForwards();
            stack.Loop.InTurn(() => stack.Transactions.Send(builder, new SipDestination(SipTransportKind.Udp, new IPEndPoint(TestStack.Us.Address, 5060)), stack.User));
        }

        stack.Advance(100);

        stack.User.Requests.Select(r => r.Request.CallId.ToString()).Distinct().Count().ShouldBe(stack.User.Requests.Count);
        (stack.User.Responses.Count + stack.User.Failures.Count).ShouldBe(100);
        stack.User.Responses.Count.ShouldBeGreaterThan(95);
        stack.Transactions.ClientTransactionCount.ShouldBe(0);
        stack.Transactions.CompletedTransactionCount.ShouldBe(0);
        stack.Loop.RunningTimers.ShouldBe(0);
    }
}
