using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Simulation;

/// <summary>
/// A network inside a loop: datagrams and streams between end points, delayed, reordered, lost and doubled as the seed
/// decides. All members are called on the loop.
/// </summary>
public sealed class MemoryNetwork : IConnectionFactory
{
    private readonly Dictionary<IPEndPoint, MemoryDatagramSocket> _datagrams = [];
    private readonly Dictionary<IPEndPoint, Func<ConnectionContext, Task>> _listeners = [];
    private readonly List<MemoryConnection> _connections = [];
    private readonly Random _random;
    private int _nextPort = 40_000;

    /// <summary>Creates a network.</summary>
    public MemoryNetwork(EventLoop loop, int seed = 1, MemoryNetworkOptions? options = null)
    {
        Loop = loop;
        Options = options ?? new MemoryNetworkOptions();
        _random = new Random(seed);
    }

    /// <summary>How the network behaves; may be changed at any time.</summary>
    public MemoryNetworkOptions Options { get; }

    /// <summary>The host that <see cref="ConnectAsync(EndPoint, CancellationToken)"/> connects from, default 10.0.0.1.</summary>
    public IPAddress LocalAddress { get; set; } = new([10, 0, 0, 1]);

    /// <summary>The loop it lives in.</summary>
    internal EventLoop Loop { get; }

    /// <summary>Binds a datagram socket.</summary>
    /// <param name="local">An end point that is not bound yet.</param>
    /// <param name="receive">Called with the source and the octets, which belong to the callee.</param>
    public MemoryDatagramSocket Bind(IPEndPoint local, Action<IPEndPoint, byte[]> receive)
    {
        var socket = new MemoryDatagramSocket(this, local, receive);
        _datagrams.Add(local, socket);
        return socket;
    }

    /// <summary>Listens for streams.</summary>
    /// <param name="local">An end point that is not listened on yet.</param>
    /// <param name="handler">Called for each connection, like a <see cref="ConnectionHandler"/>; ending ends the connection.</param>
    public void Listen(IPEndPoint local, Func<ConnectionContext, Task> handler) => _listeners.Add(local, handler);

    /// <summary>Ends listening; connections that stand go on.</summary>
    public void StopListening(IPEndPoint local) => _listeners.Remove(local);

    /// <inheritdoc/>
    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ConnectAsync(new IPEndPoint(LocalAddress, _nextPort++), (IPEndPoint)endpoint, cancellationToken);

    /// <summary>Connects a stream from a given end point.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public async ValueTask<ConnectionContext> ConnectAsync(IPEndPoint local, IPEndPoint remote, CancellationToken cancellationToken = default)
    {
        await Task.Delay(NextDelay(), Loop.Time, cancellationToken);
        if (!_listeners.TryGetValue(remote, out var handler))
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        var connection = new MemoryConnection(this, local, remote);
        _connections.Add(connection);
        _ = ServeAsync(handler, connection);
        return connection.Client;
    }

    /// <summary>Cuts every connection between two addresses, both ends at once, as a reset does.</summary>
    public void Cut(IPEndPoint local, IPEndPoint remote)
    {
        foreach (var connection in _connections.ToArray())
        {
            if (connection.Joins(local, remote))
            {
                connection.Cut();
            }
        }
    }

    internal TimeSpan NextDelay()
    {
        var spread = Options.MaxDelay - Options.MinDelay;
        return Options.MinDelay + (_random.NextDouble() * spread);
    }

    internal int NextPiece() => _random.Next(1, Options.MaxPiece + 1);

    internal void Send(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> octets)
    {
        if (_random.NextDouble() < Options.Loss)
        {
            return;
        }

        var copies = _random.NextDouble() < Options.Duplication ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            Deliver(from, to, octets.ToArray());
        }
    }

    internal void Remove(MemoryDatagramSocket socket) => _datagrams.Remove(socket.Local);

    internal void Remove(MemoryConnection connection) => _connections.Remove(connection);

    private static async Task ServeAsync(Func<ConnectionContext, Task> handler, MemoryConnection connection)
    {
        try
        {
            await handler(connection.Server);
        }
        finally
        {
            await connection.Server.DisposeAsync();
        }
    }

    private void Deliver(IPEndPoint from, IPEndPoint to, byte[] octets) =>
        Loop.Schedule(
            NextDelay(),
            _ =>
            {
                if (_datagrams.TryGetValue(to, out var socket))
                {
                    socket.Receive(from, octets);
                }
            },
            null);
}
