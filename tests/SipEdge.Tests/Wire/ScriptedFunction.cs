using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A Deferred Messaging Function whose every frame a test decides: what a client makes of it is the test's.</summary>
internal sealed class ScriptedFunction : IDisposable
{
    private const string Boundary = "b";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _sip = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private SipMessage? _invite;
    private RawMsrp? _msrp;
    private int _transactions;

    public ScriptedFunction()
    {
        _sip.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Start();
    }

    /// <summary>Where it takes SIP, over UDP.</summary>
    public IPEndPoint Sip => (IPEndPoint)_sip.LocalEndPoint!;

    private string Path => $"msrp://{_listener.LocalEndpoint}/function;tcp";

    /// <summary>Accepts the client's call and its MSRP session.</summary>
    public async Task AcceptAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var buffer = new byte[65536];
        var received = await _sip.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
        await _sip.ConnectAsync(received.RemoteEndPoint, patience.Token);
        _invite = Parse(buffer[..received.ReceivedBytes]);
        _invite.Method.ShouldBe(SipMethod.Invite);
        var sdp = $"v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=message {((IPEndPoint)_listener.LocalEndpoint).Port} TCP/MSRP *\n"
            + $"a=accept-types:multipart/mixed\na=setup:passive\na=path:{Path}\na=sendonly\n";
        Answer(_invite, $"Contact: <sip:Deferred@{Sip}>\nContent-Type: application/sdp\n", sdp);
        _msrp = RawMsrp.Over(await _listener.AcceptTcpClientAsync(patience.Token));
        var first = await _msrp.ReceiveAsync();
        await _msrp.SendAsync(RawMsrp.Answer(first, 200));
        ClientPath = RawMsrp.Field(first, "From-Path");
    }

    private string ClientPath { get; set; } = string.Empty;

    /// <summary>Sends a message of these parts.</summary>
    /// <returns>The status of the client's answer.</returns>
    public async Task<int> SendAsync(string messageId, params string[] parts)
    {
        var body = string.Concat(parts.Select(part => $"--{Boundary}\n{part}\n")) + $"--{Boundary}--";
        var transaction = $"scripted{++_transactions}";
        var length = body.ReplaceLineEndings("\r\n").Length;
        await _msrp!.SendAsync(
            $"MSRP {transaction} SEND\nTo-Path: {ClientPath}\nFrom-Path: {Path}\nMessage-ID: {messageId}\nSuccess-Report: no\n"
            + $"Byte-Range: 1-{length}/{length}\nContent-Type: multipart/mixed;boundary={Boundary}\n\n{body}\n-------{transaction}$\n");
        var answer = (await _msrp.ReceiveAsync()).Split(' ');
        answer[1].ShouldBe(transaction);
        return int.Parse(answer[2][..3], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Begins a message of these parts that is announced as much longer, and stops in the middle of its chunk.</summary>
    public Task BeginAsync(string messageId, params string[] parts) => _msrp!.SendAsync(
        $"MSRP scripted0 SEND\nTo-Path: {ClientPath}\nFrom-Path: {Path}\nMessage-ID: {messageId}\nSuccess-Report: no\n"
        + $"Byte-Range: 1-*/9000\nContent-Type: multipart/mixed;boundary={Boundary}\n\n{string.Concat(parts.Select(part => $"--{Boundary}\n{part}\n"))}");

    /// <summary>Closes the MSRP connection.</summary>
    public void Vanish() => _msrp!.Dispose();

    /// <summary>Ends the session: all was delivered.</summary>
    public async Task ByeAsync()
    {
        _sip.Send(RawSip.Octets($"BYE {_invite!.GetText(SipHeaderName.Contact)!.Split('<', '>')[1]} SIP/2.0\n"
            + $"Via: SIP/2.0/UDP {Sip};branch=z9hG4bK{RawSip.NextMark()}\nMax-Forwards: 70\n"
            + $"From: {_invite.GetText(SipHeaderName.To)};tag=function\nTo: {_invite.GetText(SipHeaderName.From)}\n"
            + $"Call-ID: {_invite.CallId}\nCSeq: 1 BYE\nContent-Length: 0\n\n"));
        SipMessage message;
        do
        {
            message = await ReceiveAsync();
        }
        while (message.IsRequest); // the ACK
        message.StatusCode.ShouldBe(200);
    }

    /// <summary>Waits for the client's BYE and answers it.</summary>
    public async Task TakeByeAsync()
    {
        SipMessage message;
        do
        {
            message = await ReceiveAsync();
        }
        while (message.Method == SipMethod.Ack);
        message.Method.ShouldBe(SipMethod.Bye);
        Answer(message, string.Empty, string.Empty);
    }

    public void Dispose()
    {
        _msrp?.Dispose();
        _listener.Dispose();
        _sip.Dispose();
    }

    private static SipMessage Parse(byte[] octets)
    {
        var message = new SipMessage();
        SipMessageParser.Unlimited.Parse(message, octets).IsParsed.ShouldBeTrue(Encoding.UTF8.GetString(octets));
        return message;
    }

    private async Task<SipMessage> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var buffer = new byte[65536];
        return Parse(buffer[..await _sip.ReceiveAsync(buffer, patience.Token)]);
    }

    private void Answer(SipMessage request, string headers, string body)
    {
        var response = new StringBuilder("SIP/2.0 200 OK\n");
        foreach (var header in request.Headers)
        {
            if (header.Name is SipHeaderName.Via or SipHeaderName.From or SipHeaderName.To or SipHeaderName.CallId or SipHeaderName.CSeq)
            {
                var tag = header.Name == SipHeaderName.To && request.Method == SipMethod.Invite ? ";tag=function" : string.Empty;
                response.Append(header.Line.ToString().TrimEnd()).Append(tag).Append('\n');
            }
        }

        var length = body.ReplaceLineEndings("\r\n").Length;
        _sip.Send(RawSip.Octets($"{response}{headers}Content-Length: {length}\n\n{body}"));
    }
}
