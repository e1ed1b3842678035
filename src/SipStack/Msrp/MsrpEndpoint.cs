using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// The MSRP side of a process: makes sessions, takes and opens connections, and leads each request to its session. All
/// members but <see cref="ServeAsync"/> are called on the loop.
/// </summary>
public sealed partial class MsrpEndpoint
{
    private readonly Dictionary<string, MsrpSession> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<MsrpConnection> _connections = [];
    private readonly Dictionary<IPAddress, int> _perPeer = [];
    private readonly IConnectionFactory _connector;
    private readonly ILogger _logger;
    private readonly long _origin;
    private TaskCompletionSource? _drained;

    /// <summary>Creates an endpoint.</summary>
    /// <param name="loop">The loop on which everything runs.</param>
    /// <param name="options">The bounds and times.</param>
    /// <param name="identifiers">The source of ids.</param>
    /// <param name="connector">Opens connections. What it gives may be TLS: nothing here depends on it.</param>
    /// <param name="instruments">The metrics.</param>
    /// <param name="logger">Where faults are written.</param>
    /// <param name="observer">Sees every octet, if wanted.</param>
    public MsrpEndpoint(
        EventLoop loop,
        MsrpOptions options,
        MsrpIdentifiers identifiers,
        IConnectionFactory connector,
        MsrpInstruments instruments,
        ILogger<MsrpEndpoint> logger,
        IMsrpWireObserver? observer = null)
    {
        Loop = loop;
        Options = options;
        Identifiers = identifiers;
        Instruments = instruments;
        Observer = observer;
        _connector = connector;
        _logger = logger;
        _origin = loop.Timestamp;
    }

    /// <summary>Connections that are open.</summary>
    public int Connections => _connections.Count;

    /// <summary>Sessions that are not over.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Whether it ends: nothing new is taken, and nothing is waited for that is not owed.</summary>
    internal bool IsClosed { get; private set; }

    internal EventLoop Loop { get; }

    internal MsrpOptions Options { get; }

    internal MsrpIdentifiers Identifiers { get; }

    internal MsrpInstruments Instruments { get; }

    internal IMsrpWireObserver? Observer { get; }

    /// <summary>Monotonic time since the endpoint was made.</summary>
    internal TimeSpan Now => Loop.Time.GetElapsedTime(_origin);

    /// <summary>
    /// Makes a session with a new session-id. From now on the peer may connect and open it, so the path may go into SDP.
    /// </summary>
    /// <param name="handler">Who is told what happens.</param>
    /// <param name="host">The host by which the peer reaches this process.</param>
    /// <param name="port">The port that listens; <see cref="Protocols.Sdp.MsrpLocalMedia.DiscardPort"/> for a side that
    /// only connects.</param>
    /// <param name="isSecure">Whether the URI is <c>msrps</c>.</param>
    /// <returns>Null when there are too many, or the endpoint is closed.</returns>
    public MsrpSession? TryCreateSession(IMsrpSessionHandler handler, string host, int port, bool isSecure = false)
    {
        if (IsClosed || _sessions.Count >= Options.MaxSessions)
        {
            return null;
        }

        MsrpSession session = new(this, handler, MsrpUri.Create(host, port, Identifiers.NextSessionId(), isSecure));
        _sessions.Add(session.LocalUri.SessionId!, session);
        Instruments.SessionMade();
        return session;
    }

    /// <summary>Serves a connection that came in, until it ends. Called from any thread.</summary>
    public async Task ServeAsync(ConnectionContext context)
    {
        await Loop.Enter();
        await ServeOnLoopAsync(context);
    }

    /// <summary>Ends all sessions and waits until what was written is gone and the connections are closed.</summary>
    public Task CloseAsync()
    {
        IsClosed = true;
        foreach (MsrpSession session in _sessions.Values.ToArray())
        {
            session.Close();
        }

        foreach (MsrpConnection connection in _connections.ToArray())
        {
            connection.Close();
        }

        if (_connections.Count == 0)
        {
            return Task.CompletedTask;
        }

        _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _drained.Task;
    }

    /// <summary>
    /// Finds the session of a request, and binds it to the connection if it has none (RFC 4975 5.4, 7.3).
    /// </summary>
    /// <returns>Null when the request is refused with <paramref name="status"/>.</returns>
    internal MsrpSession? Route(MsrpConnection connection, ReadOnlySpan<byte> toPath, out int status)
    {
        status = MsrpStatusCode.Ok;
        if (connection.Find(toPath) is { } bound)
        {
            return bound;
        }

        status = MsrpStatusCode.SessionDoesNotExist;
        if (!MsrpUri.TryParse(MsrpPath.Leftmost(toPath), out MsrpUri? uri)
            || uri.SessionId is null
            || !_sessions.TryGetValue(uri.SessionId, out MsrpSession? session)
            || !IsMatch(session, uri)
            || session.LocalUri.IsSecure != connection.IsSecure) // a secure session is not to be had without TLS
        {
            return null;
        }

        if (!session.MayBind)
        {
            status = session.Connection is null ? MsrpStatusCode.SessionDoesNotExist : MsrpStatusCode.SessionInUse;
            return null;
        }

        status = MsrpStatusCode.Ok;
        connection.Bind(session);
        return session;
    }

    internal bool IsMatch(MsrpSession session, MsrpUri uri) => Options.MatchSessionIdOnly
        ? string.Equals(session.LocalUri.SessionId, uri.SessionId, StringComparison.Ordinal)
        : session.LocalUri.Equals(uri);

    internal void Remove(MsrpSession session, MsrpSessionEnd end)
    {
        if (_sessions.Remove(session.LocalUri.SessionId!))
        {
            Instruments.SessionEnded(end);
        }
    }

    /// <summary>Opens the connection of an active session, and sends its first SEND at once (RFC 4975 5.4).</summary>
    internal async Task ConnectAsync(MsrpSession session, EndPoint remote)
    {
        ConnectionContext? context = await TryConnectAsync(remote);
        await Loop.Enter();
        if (context is null)
        {
            session.Fail(MsrpSessionEnd.ConnectFailed);
        }
        else if (session.Ended is not null)
        {
            await context.DisposeAsync();
        }
        else
        {
            MsrpConnection connection = new(this, context);
            connection.Bind(session);
            connection.WriteFirstSend(session);
            await RunAsync(connection);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An MSRP connection failed in this process.")]
    internal partial void LogConnectionFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The body of a message could not be read; the message is not sent.")]
    internal partial void LogBodyFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A received message could not be kept; it is not acknowledged.")]
    internal partial void LogSinkFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "An MSRP connection was lost: {Reason}")]
    internal partial void LogConnectionLost(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "An MSRP connection could not be made: {Reason}")]
    private partial void LogConnectFailed(string reason);

    private async Task<ConnectionContext?> TryConnectAsync(EndPoint remote)
    {
        using CancellationTokenSource timeout = new(Options.ConnectTimeout, Loop.Time);
        try
        {
            return await _connector.ConnectAsync(remote, timeout.Token);
        }
#pragma warning disable CA1031 // Whatever the connector throws (refused, timed out, a bad certificate), the session has to end.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            await Loop.Enter();
            LogConnectFailed(failed.Message);
            return null;
        }
    }

    private async Task ServeOnLoopAsync(ConnectionContext context)
    {
        IPAddress? peer = (context.RemoteEndPoint as IPEndPoint)?.Address;
        if (IsClosed || _connections.Count >= Options.MaxConnections
            || (peer is not null && _perPeer.GetValueOrDefault(peer) >= Options.MaxConnectionsPerPeer))
        {
            Instruments.ConnectionRefused();
            context.Abort();
            await context.DisposeAsync();
            return;
        }

        Count(peer, 1);
        await RunAsync(new MsrpConnection(this, context));
        Count(peer, -1);
    }

    private void Count(IPAddress? peer, int difference)
    {
        if (peer is null)
        {
            return;
        }

        _perPeer[peer] = _perPeer.GetValueOrDefault(peer) + difference;
        if (_perPeer[peer] == 0)
        {
            _perPeer.Remove(peer);
        }
    }

    private async Task RunAsync(MsrpConnection connection)
    {
        _connections.Add(connection);
        Instruments.ConnectionOpened();
        await connection.RunAsync();
        _connections.Remove(connection);
        Instruments.ConnectionClosed();
        if (_connections.Count == 0)
        {
            _drained?.TrySetResult();
        }
    }
}
