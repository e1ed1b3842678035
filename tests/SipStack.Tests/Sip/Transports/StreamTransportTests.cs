using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Transports;

public sealed class StreamTransportTests : IDisposable
{
    private static readonly IPEndPoint Client = new(TestStack.Them.Address, 33_333);

    private const int ManyMessages = 100;

    private readonly StringBuilder _read = new();
    private TestStack _stack = new();
    private ConnectionContext? _connection;
    private bool _ended;

    public void Dispose() => _stack.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void Requests_InPiecesOfAnySize_AreCutAndAnsweredInOrder(int maxPiece)
    {
        Connect();
        _stack.Network.Options.MaxPiece = maxPiece;
        _stack.Network.Options.MaxDelay = TimeSpan.FromMilliseconds(1);
        _stack.User.Handle = t => t.Respond(202);
        for (var i = 0; i < 10; i++)
        {
            Send(Tcp("MESSAGE", branch: $"z9hG4bK{i}", callId: $"c{i}", body: new string('x', i * 10)));
        }

        _stack.Advance(60);

        _stack.User.Requests.Select(r => r.Request.Body.Length).ShouldBe(Enumerable.Range(0, 10).Select(i => i * 10));
        _stack.User.Requests.ShouldAllBe(r => r.Request.OwnsOctets && r.Flow.Transport == SipTransportKind.Tcp);
        Responses().Select(r => r.CallId.ToString()).ShouldBe(Enumerable.Range(0, 10).Select(i => $"c{i}"));
    }

    [Fact]
    public void Ping_GetsAPong()
    {
        Connect();
        Send("\r\n\r\n");
        _stack.Settle();

        _read.ToString().ShouldBe("\r\n");
    }

    [Fact]
    public void Malformed_WhereTheStreamCanStillBeCut_IsAnsweredAndTheStreamGoesOn()
    {
        Connect();
        _stack.User.Handle = t => t.Respond(202);
        Send(Tcp("MESSAGE").Replace("CSeq: 1 MESSAGE", "CSeq: 1 INVITE", StringComparison.Ordinal));
        Send(Tcp("MESSAGE", branch: "z9hG4bKnext"));
        _stack.Settle();

        Responses().Select(r => r.StatusCode).ShouldBe([400, 202]);
    }

    [Fact]
    public void Malformed_WhereTheNextMessageCannotBeFound_IsAnsweredAndTheStreamClosed()
    {
        Connect();
        Send(Tcp("MESSAGE").Replace("Content-Length: 0", "Content-Length: none", StringComparison.Ordinal));
        _stack.Settle();

        Responses().Select(r => r.StatusCode).ShouldBe([400]);
        _ended.ShouldBeFalse("the peer has time to read why");
        _stack.Advance(3);
        _ended.ShouldBeTrue();
        _stack.Tcp.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void Message_OverTheLimits_IsAnsweredAndTheStreamClosed()
    {
        Reset(new TestStack(parserOptions: new SipParserOptions { MaxBodyBytes = 100 }));
        Connect();
        Send(Tcp("MESSAGE", body: new string('x', 101)));
        _stack.Settle();

        Responses().Select(r => r.StatusCode).ShouldBe([413]);
        _ended.ShouldBeFalse("the peer has time to read why");
        _stack.Advance(3);
        _ended.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public void Head_OverTheLimit_IsAnswered513WhetherItsEndIsThereOrNot(string end)
    {
        Reset(new TestStack(parserOptions: new SipParserOptions { MaxHeadBytes = 1000 }));
        Connect();
        var head = Tcp("MESSAGE").TrimEnd();
        Send(head + string.Concat(Enumerable.Repeat("\r\nX-More: and more of it", 60)) + end);
        _stack.Settle();

        Responses().Select(r => r.StatusCode).ShouldBe([513]);
        _ended.ShouldBeFalse("the peer has time to read why");
        _stack.Advance(3);
        _ended.ShouldBeTrue();
    }

    [Fact]
    public void Message_NeverFinished_ClosesTheStream()
    {
        Connect();
        Send(Tcp("MESSAGE")[..50]);
        _stack.Advance(29);
        _ended.ShouldBeFalse();
        _stack.Advance(2);

        _ended.ShouldBeTrue();
        _stack.Counted["sip.messages.dropped unfinished"].ShouldBe(1);
    }

    [Fact]
    public void Message_ThatTrickles_ClosesTheStream()
    {
        Connect();
        foreach (var octet in Tcp("MESSAGE").Take(28))
        {
            Send(octet.ToString());
            _stack.Advance(1);
        }

        _ended.ShouldBeFalse();
        Send("x");
        _stack.Advance(4);

        _ended.ShouldBeTrue();
    }

    [Fact]
    public void Messages_EachBegunWithTheEndOfTheOneBefore_DoNotCountAsOne()
    {
        Connect();
        _stack.User.Handle = t => t.Respond(202);
        for (var i = 0; i < 50; i++)
        {
            // Never between two messages: each piece ends one and begins the next.
            Send((i == 0 ? string.Empty : Tcp("MESSAGE", branch: $"z9hG4bK{i - 1}", callId: $"c{i - 1}")[20..]) + Tcp("MESSAGE", branch: $"z9hG4bK{i}", callId: $"c{i}")[..20]);
            _stack.Advance(1);
        }

        _ended.ShouldBeFalse();
        Responses().Count.ShouldBe(49);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refused_PeerThatGoesOnSending_IsReadUpToTheLimits(bool isLong)
    {
        Reset(new TestStack(
            parserOptions: new SipParserOptions { MaxBodyBytes = 100 },
            transportOptions: new SipTransportOptions { LingerBytes = 5000, LingerTimeout = TimeSpan.FromSeconds(20) }));
        Connect();
        Send(Tcp("MESSAGE", body: new string('x', 101)));
        _stack.Advance(10);
        Send(new string('x', isLong ? 6000 : 3000));
        _stack.Advance(1);
        _ended.ShouldBe(isLong);
        _stack.Advance(10);

        _ended.ShouldBeTrue();
        Responses().Select(r => r.StatusCode).ShouldBe([413]);
    }

    [Fact]
    public void Connection_SilentForLong_IsClosed()
    {
        Connect();
        _stack.Advance(599);
        Send("\r\n\r\n");
        _stack.Advance(599);
        _ended.ShouldBeFalse();
        _stack.Advance(2);

        _ended.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 1)]
    public void Connections_BeyondTheLimits_AreRefused(int perPeer, int inAll)
    {
        Reset(new TestStack(transportOptions: new SipTransportOptions { MaxConnectionsPerPeer = perPeer, MaxConnections = inAll }));
        Connect();
        _stack.Tcp.ConnectionCount.ShouldBe(1);
        var first = _connection;
        Connect(port: 33_334);

        _ended.ShouldBeTrue();
        _stack.Tcp.ConnectionCount.ShouldBe(1);
        _stack.Counted["sip.messages.dropped connection_limit"].ShouldBe(1);
        _ended = false;
        _connection = first;
        Send("\r\n\r\n");
        _stack.Settle();
        _ended.ShouldBeFalse();
    }

    [Fact]
    public void Response_WhoseConnectionIsGone_GoesOverANewOneToSentBy()
    {
        Connect();
        using var peer = new TestStreamPeer(_stack.Network, TestStack.Them);
        Send(Tcp("MESSAGE", sentBy: "10.0.0.2:5060"));
        _stack.Settle();
        _stack.Network.Cut(Client, TestStack.Us);
        _stack.Settle();
        _stack.Loop.InTurn(() => _stack.User.Requests[0].Respond(202)).ShouldBeTrue();
        _stack.Settle();

        peer.Received.Select(r => r.StatusCode).ShouldBe([202]);
    }

    [Fact]
    public void Response_WhosePeerIsGone_IsCounted()
    {
        Connect();
        Send(Tcp("MESSAGE", sentBy: "10.0.0.2:5060"));
        _stack.Settle();
        _stack.Network.Cut(Client, TestStack.Us);
        _stack.Settle();
        _stack.Loop.InTurn(() => _stack.User.Requests[0].Respond(202));
        _stack.Settle();

        _stack.Counted["sip.messages.dropped undeliverable"].ShouldBe(1);
    }

    [Fact]
    public void Responses_ToAPeerThatDoesNotRead_AreBoundedAndCloseTheStream()
    {
        Reset(new TestStack(transportOptions: new SipTransportOptions { MaxSendQueueBytes = 10_000 }));
        Connect(reads: false);
        _stack.User.Handle = t => t.Respond(202);
        for (var i = 0; i < 1500 && _stack.Tcp.ConnectionCount == 1; i++)
        {
            Send(Tcp("OPTIONS", branch: $"z9hG4bK{i}", callId: $"c{i}"));
            _stack.Settle();
        }

        _stack.Tcp.ConnectionCount.ShouldBe(0);
    }

    [Fact]
    public void Responses_ToAPeerThatReadsLate_ArriveWholeAndInOrder()
    {
        Connect(reads: false);
        _stack.User.Handle = t => t.Respond(202);
        var count = 0;
        for (; count < 1000; count++)
        {
            Send(Tcp("OPTIONS", branch: $"z9hG4bK{count}", callId: $"c{count}"));
            _stack.Settle();
        }

        _ = _stack.Loop.InTurn(() => ReadAsync(_connection!));
        _stack.Advance(10);

        Responses().Select(r => r.CallId.ToString()).ShouldBe(Enumerable.Range(0, count).Select(i => $"c{i}"));
    }

    [Fact]
    public void ManyMessages_InOneRead_LeaveTheLoopToOthersAfterTheirShare() =>
        Enumerable.Range(1, 10).Select(HandledBeforeAnother).Max().ShouldBe(_stack.TransportOptions.MessagesPerTurn);

    [Fact]
    public void Handler_ThatThrows_CostsOneMessageAndNotTheConnection()
    {
        Connect();
        _stack.Transports.Observer = new Broken();
        Send(Tcp("MESSAGE"));
        _stack.Settle();
        _stack.Transports.Observer = null;
        _stack.User.Handle = t => t.Respond(202);
        Send(Tcp("MESSAGE", branch: "z9hG4bKnext"));
        _stack.Settle();

        Responses().Select(r => r.StatusCode).ShouldBe([202]);
    }

    [Fact]
    public void Observer_SeesEveryFrameBothWays()
    {
        var seen = new List<string>();
        _stack.Transports.Observer = new Observer(seen);
        Connect();
        _stack.User.Handle = t => t.Respond(202);
        Send(Tcp("MESSAGE"));
        Send(Tcp("ACK", branch: "z9hG4bKx").Replace("From:", "Form:", StringComparison.Ordinal));
        _stack.Settle();

        seen.ShouldBe(["Received Tcp 10.0.0.2:33333 MESSAGE", "Sent Tcp 10.0.0.2:33333 SIP/2.0", "Received Tcp 10.0.0.2:33333 ACK"]);
    }

    [Fact]
    public void Dispose_ClosesEveryConnection()
    {
        Connect();
        _stack.Loop.Complete(async () => await _stack.Transports.StopAsync());
        _stack.Settle();

        _ended.ShouldBeTrue();
        _stack.Tcp.ConnectionCount.ShouldBe(0);
    }

    private static string Tcp(string method, string branch = "z9hG4bKtcp", string callId = "c", string body = "", string sentBy = "10.0.0.2:33333") =>
        Request(method, branch: branch, transport: "TCP", sentBy: sentBy, callId: callId, body: body);

    // The seed cuts the stream into pieces; the loop keeps the order of arrival, as the real one does.
    private int HandledBeforeAnother(int seed)
    {
        Reset(new TestStack(seed, keepsOrder: true));
        Connect();
        var before = -1;
        _stack.User.Handle = t =>
        {
            if (_stack.User.Requests.Count == 1)
            {
                _stack.Loop.Post(_ => before = _stack.User.Requests.Count, null);
            }

            t.Respond(202);
        };
        var requests = string.Concat(Enumerable.Range(0, ManyMessages).Select(i => Tcp("OPTIONS", branch: $"z9hG4bK{i}", callId: $"c{i}")));
        Send(requests);
        _stack.Advance(1);
        _stack.User.Requests.Count.ShouldBe(ManyMessages);
        return before;
    }

    private void Reset(TestStack stack)
    {
        _connection = null;
        _stack.Dispose();
        _stack = stack;
    }

    private void Connect(int port = 33_333, bool reads = true)
    {
        if (_connection is null)
        {
            _stack.AddTcp();
        }

        _connection = _stack.Loop.Complete(async () => await _stack.Network.ConnectAsync(new IPEndPoint(Client.Address, port), TestStack.Us));
        if (reads)
        {
            _ = _stack.Loop.InTurn(() => ReadAsync(_connection));
        }

        _stack.Settle();
    }

    private void Send(string text)
    {
        _connection!.Transport.Output.Write(Encoding.UTF8.GetBytes(text));
        _ = _connection.Transport.Output.FlushAsync().AsTask();
    }

    private async Task ReadAsync(ConnectionContext connection)
    {
        try
        {
            while (true)
            {
                var result = await connection.Transport.Input.ReadAsync();
                _read.Append(Encoding.UTF8.GetString(result.Buffer));
                connection.Transport.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // The other side aborted it.
        }

        _ended = true;
    }

    private List<SipMessage> Responses()
    {
        var framer = new SipFramer(new SipParserOptions());
        var buffer = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(_read.ToString()));
        var responses = new List<SipMessage>();
        while (framer.Read(buffer) is { Status: SipFrameStatus.Message } frame)
        {
            responses.Add(Parse(frame.Octets.ToArray()));
            buffer = buffer.Slice(frame.Consumed);
        }

        return responses;
    }

    private sealed class Broken : IWireObserver
    {
        public void OnFrame(WireDirection direction, SipTransportKind transport, IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> octets) =>
            throw new InvalidOperationException("a bug");
    }

    private sealed class Observer(List<string> seen) : IWireObserver
    {
        public void OnFrame(WireDirection direction, SipTransportKind transport, IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> octets) =>
            seen.Add($"{direction} {transport} {remote} {Encoding.UTF8.GetString(octets).Split(' ')[0]}");
    }
}
