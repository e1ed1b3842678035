using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Settings;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.TestKit;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>A user who comes back and collects everything: INVITE with digest, MSRP with <c>setup:active</c> (12.1.1).</summary>
internal sealed class Collector : IAsyncDisposable, IMsrpSessionHandler, ISipDialogUser
{
    private const int MaxMessage = 1024 * 1024;

    private readonly LoopThread _loop = new("collector", new LoopOptions(), TimeProvider.System, NullLogger.Instance);
    private readonly SocketConnector _connector = new(NullLoggerFactory.Instance);
    private readonly Meter _meter = new("collector");
    private readonly SipEndpoint _sip;
    private readonly MsrpEndpoint _msrp;
    private readonly List<string> _messages = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> _offered = new(StringComparer.Ordinal);
    private readonly Func<int, Task> _mayAnswer;

    private Collector(Func<int, Task> mayAnswer)
    {
        _mayAnswer = mayAnswer;
        _sip = new SipEndpoint(_loop, new SipEndpointOptions(), new SipInstruments(_meter), new SipIdentifiers(RandomNumberGenerator.Fill), NullLoggerFactory.Instance);
        _msrp = new MsrpEndpoint(_loop, new MsrpOptions(), new MsrpIdentifiers(RandomNumberGenerator.Fill), _connector, new MsrpInstruments(_meter), NullLogger<MsrpEndpoint>.Instance);
        _loop.Start();
    }

    /// <summary>The final status of the INVITE.</summary>
    public int Status { get; private set; }

    /// <summary>The MSRP Message-IDs that were offered so far; true when this side has acknowledged the message.</summary>
    public IReadOnlyDictionary<string, bool> Offered => _offered;

    /// <summary>Completes when the first message is here.</summary>
    public Task FirstMessage => _first.Task.WaitAsync(Polling.Patience, TimeProvider.System);

    /// <summary>The messages, as they came, when the server has ended the session with BYE.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync()
    {
        await _ended.Task.WaitAsync(Polling.Patience, TimeProvider.System);
        return _messages;
    }

    /// <summary>Collects all that waits.</summary>
    public static async Task<IReadOnlyList<string>> CollectAsync(IPEndPoint server, ClientAccount user)
    {
        await using var collector = await StartAsync(server, user, Task.CompletedTask);
        collector.Status.ShouldBeOneOf(200, 488);
        return await collector.MessagesAsync();
    }

    /// <summary>Begins to collect.</summary>
    /// <param name="server">The SIP listener.</param>
    /// <param name="user">Who collects.</param>
    /// <param name="mayAnswer">No message is acknowledged before this is completed.</param>
    public static Task<Collector> StartAsync(IPEndPoint server, ClientAccount user, Task mayAnswer) => StartAsync(server, user, _ => mayAnswer);

    /// <summary>Begins to collect.</summary>
    /// <param name="server">The SIP listener.</param>
    /// <param name="user">Who collects.</param>
    /// <param name="mayAnswer">When the first message, the second … may be acknowledged.</param>
    public static async Task<Collector> StartAsync(IPEndPoint server, ClientAccount user, Func<int, Task> mayAnswer)
    {
        var collector = new Collector(mayAnswer);
        try
        {
            await collector._loop.InvokeAsync(() => collector.InviteAsync(server, user)).WaitAsync(Polling.Patience, TimeProvider.System);
            return collector;
        }
        catch
        {
            await collector.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _loop.InvokeAsync(async () => await _sip.DisposeAsync()).WaitAsync(Polling.Patience, TimeProvider.System);
        await _loop.InvokeAsync(_msrp.CloseAsync).WaitAsync(Polling.Patience, TimeProvider.System);
        await _loop.StopAsync().WaitAsync(Polling.Patience, TimeProvider.System);
        _connector.Dispose();
        _meter.Dispose();
    }

    private async Task InviteAsync(IPEndPoint server, ClientAccount user)
    {
        _sip.AddUdp(new IPEndPoint(IPAddress.Loopback, 0));
        _sip.AddStream(SipTransportKind.Tcp, new IPEndPoint(IPAddress.Loopback, 0), _connector);
        var session = _msrp.TryCreateSession(this, "127.0.0.1", MsrpLocalMedia.DiscardPort)!;
        var local = new MsrpLocalMedia
        {
            Path = session.LocalPath,
            AcceptTypes = new MsrpAcceptTypes("multipart/mixed"),
            AcceptWrappedTypes = new MsrpAcceptTypes("message/sipfrag"),
            Direction = SdpDirection.RecvOnly,
            Setup = SdpSetup.Active,
        };
        SipUri.TryParse("sip:Deferred@localhost", out var service).ShouldBeTrue();
        var port = _sip.Transports.Find(SipTransportKind.Udp)!.SentByPort;
        var request = _sip.Dialogs.StartRequest(SipMethod.Invite, service, $"<{user.Aor}>", "<sip:Deferred@localhost>")
            .Header(SipHeaderName.Contact, $"<sip:{user.UserName}@127.0.0.1:{port}>")
            .Body("application/sdp", SdpWriter.Write(MsrpOfferAnswer.CreateOffer(local, new SdpOrigin("-", "1", "1", "IN", "IP4", "127.0.0.1"))));
        var invite = _sip.Dialogs.Invite(
            request, new SipDestination(SipTransportKind.Udp, server), this, new DigestClient(user.UserName, user.Password, _sip.Identifiers));
        var result = await invite.Completion;
        Status = result.Response?.StatusCode ?? 0;
        if (!result.IsAccepted)
        {
            _ended.TrySetResult();
            return;
        }

        SdpParser.Parse(result.Response!.Body.Span, new SdpOptions(), out var answer, out _).ShouldBe(SdpError.None);
        MsrpOfferAnswer.AcceptAnswer(answer!, local, new MsrpPeerRequirements(), out var agreed).ShouldBe(MsrpRejection.None);
        var peer = agreed!.Remote.Path.First;
        session.Start(agreed, new IPEndPoint(IPAddress.Parse(peer.Host), peer.Port!.Value));
    }

    MsrpReception IMsrpSessionHandler.OnMessage(MsrpSession session, MsrpIncomingMessage message) =>
        MsrpReception.Accept(new MsrpBufferSink(message.AnnouncedLength, MaxMessage, octets => TakeAsync(message.MessageId, octets)));

    void IMsrpSessionHandler.OnEstablished(MsrpSession session)
    {
    }

    void IMsrpSessionHandler.OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
    }

    void IMsrpSessionHandler.OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
    }

    void IMsrpSessionHandler.OnEnded(MsrpSession session, MsrpSessionEnd end)
    {
    }

    void ISipDialogUser.OnEnded(SipDialog dialog, SipDialogEnd end) => _ended.TrySetResult();

    private async ValueTask<int> TakeAsync(string messageId, ReadOnlyMemory<byte> message)
    {
        var text = Encoding.UTF8.GetString(message.Span);
        _messages.Add(text);
        _offered[messageId] = false;
        _first.TrySetResult();
        await _mayAnswer(_messages.Count);
        _offered[messageId] = true;
        return MsrpStatusCode.Ok;
    }
}
