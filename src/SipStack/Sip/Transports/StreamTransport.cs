using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// SIP over streams: connections that Kestrel accepts are served, connections to peers are opened and used again. Whatever
/// is read is cut and handled on the loop, so a peer that sends faster than it is served is held back by its own stream.
/// </summary>
public sealed partial class StreamTransport : ISipTransport
{
    private readonly IConnectionFactory _connector;
    private readonly ILogger _logger;
    private readonly Dictionary<long, SipConnection> _connections = [];
    private readonly Dictionary<IPEndPoint, SipConnection> _byRemote = [];
    private readonly Dictionary<IPEndPoint, Task<SipFlow?>> _opening = [];
    private readonly Dictionary<IPAddress, int> _perPeer = [];
    private ISipReceiver? _receiver;
    private long _lastId;
    private bool _stopped;

    /// <summary>Creates a transport.</summary>
    /// <param name="loop">The loop everything runs on.</param>
    /// <param name="kind">TCP or TLS.</param>
    /// <param name="listening">Where the host listens for it; its port stands in Via. Port 0: it only connects.</param>
    /// <param name="connector">Opens connections.</param>
    /// <param name="options">The limits.</param>
    /// <param name="parser">The limits of messages.</param>
    /// <param name="instruments">The metrics.</param>
    /// <param name="logger">The log.</param>
    public StreamTransport(
        EventLoop loop,
        SipTransportKind kind,
        IPEndPoint listening,
        IConnectionFactory connector,
        SipTransportOptions options,
        SipParserOptions parser,
        SipInstruments instruments,
        ILogger<StreamTransport> logger)
    {
        Loop = loop;
        Kind = kind;
        Options = options;
        ParserOptions = parser;
        Parser = new SipMessageParser(parser);
        Instruments = instruments;
        _connector = connector;
        _logger = logger;
        SentByHost = SipSentBy.Host(options.AdvertisedHost, listening.Address);
        SentByPort = listening.Port == 0 ? -1 : listening.Port;
    }

    /// <inheritdoc/>
    public SipTransportKind Kind { get; }

    /// <inheritdoc/>
    public string SentByHost { get; }

    /// <inheritdoc/>
    public int SentByPort { get; }

    /// <summary>How many connections are open.</summary>
    public int ConnectionCount => _connections.Count;

    internal EventLoop Loop { get; }

    internal SipTransportOptions Options { get; }

    internal SipParserOptions ParserOptions { get; }

    internal SipMessageParser Parser { get; }

    internal SipInstruments Instruments { get; }

    /// <inheritdoc/>
    public void Start(ISipReceiver receiver) => _receiver = receiver;

    /// <summary>Serves an accepted connection until it ends. Called from any thread.</summary>
    public async Task ServeAsync(ConnectionContext context)
    {
        await Loop.Enter();
        if (!MayOpen(((IPEndPoint)context.RemoteEndPoint!).Address))
        {
            Instruments.MessageDropped(SipDropReason.ConnectionLimit);
            context.Abort();
            await context.DisposeAsync();
            return;
        }

        await Register(context).RunAsync();
    }

    /// <inheritdoc/>
    public SipFlow? FindFlow(IPEndPoint remote) => _byRemote.TryGetValue(remote, out var connection) ? connection.Flow : null;

    /// <inheritdoc/>
    public async ValueTask<SipFlow?> OpenFlowAsync(IPEndPoint remote)
    {
        if (FindFlow(remote) is { } flow)
        {
            return flow;
        }

        if (!_opening.TryGetValue(remote, out var opening))
        {
            opening = ConnectAsync(remote);
            if (!opening.IsCompleted)
            {
                _opening.Add(remote, opening);
            }
        }

        return await opening;
    }

    /// <inheritdoc/>
    public SipSendResult Send(SipFlow flow, ReadOnlySpan<byte> octets) =>
        _connections.TryGetValue(flow.ConnectionId, out var connection) ? connection.Send(octets) : SipSendResult.FlowGone;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stopped)
        {
            return; // a container disposes again, when the loop may have ended
        }

        await Loop.Enter();
        _stopped = true;
        await Task.WhenAll(_connections.Values.Select(connection => connection.CloseAsync()).ToArray());
    }

    /// <summary>Hands a message up. A bug there costs this message, not the connection.</summary>
    internal void Receive(SipFlow flow, Protocols.Sip.SipMessage message, SipParseResult result)
    {
#pragma warning disable CA1031
        try
        {
            _receiver!.Receive(flow, message, result, Loop.Timestamp);
        }
        catch (Exception fault)
        {
            LogHandlingFailed(_logger, flow, fault);
        }
#pragma warning restore CA1031
    }

    internal void Remove(SipConnection connection)
    {
        if (!_connections.Remove(connection.Flow.ConnectionId))
        {
            return;
        }

        var remote = connection.Flow.Remote;
        if (_byRemote.TryGetValue(remote, out var current) && current == connection)
        {
            _byRemote.Remove(remote);
        }

        if (--_perPeer[remote.Address] == 0)
        {
            _perPeer.Remove(remote.Address);
        }

        Instruments.ConnectionClosed();
        _receiver!.LoseFlow(connection.Flow);
    }

    internal void Lost(SipFlow flow, Exception cause) => LogConnectionLost(_logger, flow, cause.Message);

    private async Task<SipFlow?> ConnectAsync(IPEndPoint remote)
    {
        if (!MayOpen(remote.Address))
        {
            Instruments.MessageDropped(SipDropReason.ConnectionLimit);
            return null;
        }

        using var timeout = new CancellationTokenSource(Options.ConnectTimeout, Loop.Time);
        try
        {
            var context = await _connector.ConnectAsync(remote, timeout.Token);
            await Loop.Enter();
            var connection = Register(context);
            _ = connection.RunAsync();
            return connection.Flow;
        }
        catch (Exception failed) when (failed is SocketException or IOException or OperationCanceledException)
        {
            await Loop.Enter();
            LogConnectFailed(_logger, Kind, remote, failed.Message);
            return null;
        }
        finally
        {
            _opening.Remove(remote);
        }
    }

    private bool MayOpen(IPAddress peer) =>
        !_stopped && _receiver is not null && _connections.Count < Options.MaxConnections
        && _perPeer.GetValueOrDefault(peer) < Options.MaxConnectionsPerPeer;

    private SipConnection Register(ConnectionContext context)
    {
        var flow = new SipFlow(Kind, (IPEndPoint)context.LocalEndPoint!, (IPEndPoint)context.RemoteEndPoint!, ++_lastId);
        var connection = new SipConnection(this, context, flow);
        _connections.Add(flow.ConnectionId, connection);
        _byRemote[flow.Remote] = connection;
        _perPeer[flow.Remote.Address] = _perPeer.GetValueOrDefault(flow.Remote.Address) + 1;
        Instruments.ConnectionOpened();
        return connection;
    }
}
