using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using PosteRestante.Client.Online;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sending;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sessions;

/// <summary>
/// An IM client (12.1): a SIP and MSRP stack of its own on one loop, one user, one server. It opens no listener for MSRP: it
/// connects (RFC 6135), so it works from behind NAT.
/// </summary>
/// <remarks>
/// Usage: <c>await using var client = ImClient.Start(options, loggers); await client.SendAsync(new OutgoingMessage { … });
/// var result = await client.PullAsync(message => …);</c>
/// </remarks>
public sealed class ImClient : IAsyncDisposable
{
    private readonly LoopThread _loop;
    private readonly Meter _meter = new("PosteRestante.Client");
    private readonly SocketConnector _connector;
    private readonly TlsConnector? _secureConnector;
    private readonly SipEndpoint _sip;
    private readonly MsrpEndpoint _msrp;
    private readonly ImClientOptions _options;
    private readonly ISipAuthenticator? _authenticator;
    private readonly IReceivedDeliveries _received;
    private SipDestination? _server;

    private ImClient(ImClientOptions options, ILoggerFactory loggers, TimeProvider time, RandomFill random, ClientWire? wire)
    {
        _options = options;
        _received = options.ReceivedDeliveries ?? new RecentDeliveries();
        _loop = new LoopThread("im-client", new LoopOptions(), time, loggers.CreateLogger<LoopThread>());
        _connector = new SocketConnector(loggers);
        _secureConnector = options.Tls is { } tls
            ? new TlsConnector(_connector, tls, time, new TlsInstruments(_meter), loggers.CreateLogger<TlsConnector>())
            : null;
        _sip = new SipEndpoint(
            _loop, new SipEndpointOptions(), new SipInstruments(_meter), new SipIdentifiers(random), loggers);
        _sip.Transports.Observer = wire?.Sip;
        _msrp = new MsrpEndpoint(
            _loop,
            new MsrpOptions { MaxMessageBytes = options.MaxOctets },
            new MsrpIdentifiers(octets => random(octets)),
            _secureConnector is null ? _connector : _secureConnector,
            new MsrpInstruments(_meter),
            loggers.CreateLogger<MsrpEndpoint>(),
            wire?.Msrp);
        _authenticator = options.UserName.Length > 0
            ? new DigestClient(options.UserName, options.Password, _sip.Identifiers)
            : null;
    }

    /// <summary>Opens a client: binds free ports, sends nothing.</summary>
    /// <param name="options">Who and where.</param>
    /// <param name="loggers">Where faults are written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">A cryptographic source of randomness.</param>
    /// <param name="wire">Sees what passes, if wanted.</param>
    public static ImClient Start(
        ImClientOptions options,
        ILoggerFactory loggers,
        TimeProvider time,
        RandomFill random,
        ClientWire? wire = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        var client = new ImClient(options, loggers, time, random, wire);
        client.Open();
        return client;
    }

    /// <summary>Sends a pager message (RFC 3428) and waits for the final answer.</summary>
    public async Task<SendResult> SendAsync(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _loop.Enter();
        return await new MessageSender(_sip, _options, _authenticator, _server!).SendAsync(message);
    }

    /// <summary>Sends a message of any size over MSRP; ends when the service has it durably, or not at all.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Ends the session; the service then keeps nothing of what is not whole.</param>
    public async Task<LargeSendResult> SendLargeAsync(OutgoingLargeMessage message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _loop.Enter();
        return await new LargeMessageCall(_sip, _msrp, _options, _authenticator, _server!).RunAsync(message, cancellation);
    }

    /// <summary>
    /// Collects all that waits (DM-12.1.1-2): calls the Deferred Messaging Function, takes what it sends, ends with its BYE.
    /// </summary>
    /// <param name="received">
    /// Called for each message, in order, on the client's loop; the message is acknowledged when the task ends. A repeat of a
    /// delivery that came before is acknowledged and dropped without a call.
    /// </param>
    /// <param name="cancellation">Ends the session with a BYE; what was acknowledged stays acknowledged.</param>
    public Task<RetrievalResult> PullAsync(Func<RetrievedMessage, ValueTask> received, CancellationToken cancellation = default) =>
        PullAsync([], received, cancellation);

    /// <summary>
    /// Collects the messages of a list, in its order (DM-12.1.1-1); an empty list is all that waits. The list goes beside the
    /// offer, so the INVITE is sent over TCP when it does not fit a datagram.
    /// </summary>
    /// <param name="messageIds">Message-IDs, <c>sip:KEY@HOST</c>. One that the mailbox does not hold is passed over.</param>
    /// <param name="received">As above.</param>
    /// <param name="cancellation">As above.</param>
    public async Task<RetrievalResult> PullAsync(
        IReadOnlyList<string> messageIds, Func<RetrievedMessage, ValueTask> received, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(messageIds);
        ArgumentNullException.ThrowIfNull(received);
        await _loop.Enter();
        var call = new RetrievalCall(_loop, _sip, _msrp, _options, _authenticator, _server!, _received, received)
        {
            MessageIds = messageIds,
        };
        return await call.RunAsync(cancellation);
    }

    /// <summary>
    /// Says that the user is back (12.2.2.2), takes what the service pushes, and says goodbye in the end.
    /// </summary>
    /// <param name="received">Called for each message, in order, on the client's loop; it is acknowledged when the task ends.</param>
    /// <param name="published">Called whenever the service accepts a publication, with its lifetime; null for nobody.</param>
    /// <param name="cancellation">Ends it: removes the publication and ends what runs.</param>
    public async Task<OnlineResult> StayOnlineAsync(
        Func<RetrievedMessage, ValueTask> received, Action<TimeSpan>? published = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(received);
        await _loop.Enter();
        var intake = new MessageIntake(_options, _received, received);
        var receiver = new PushReceiver(_sip, _msrp, _options, intake);
        _sip.Dialogs.User = receiver;
        var publisher = new SettingsPublisher(_sip, _options, _authenticator, _server!);
        var registration = new Registration(_sip, _options, _authenticator, _server!);
        return await new OnlineStay(_loop, registration, publisher, receiver, intake).RunAsync(published, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _msrp.CloseAsync();
        await _sip.DisposeAsync();
        await _loop.DisposeAsync();
        _connector.Dispose();
        _meter.Dispose();
    }

    private void Open()
    {
        _loop.Start();
        var any = _options.Server.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        var local = new IPEndPoint(IPAddress.IsLoopback(_options.Server.Address) ? any : LocalAddress.Towards(_options.Server), 0);
        var udp = _sip.AddUdp(local);
        _sip.AddStream(SipTransportKind.Tcp, new IPEndPoint(local.Address, udp.SentByPort), _connector);
        if (_options.Tls is { } tls)
        {
            var names = new Dictionary<IPEndPoint, string> { [_options.Server] = tls.ServerName };
            _sip.AddStream(SipTransportKind.Tls, new IPEndPoint(local.Address, udp.SentByPort), new TlsNames(_secureConnector!, names));
        }

        _server = new SipDestination(_options.Transport, _options.Server);
    }
}
