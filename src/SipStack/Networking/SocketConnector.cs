using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Networking;

/// <summary>Connects outbound TCP over the socket transport that Kestrel listens with, so both directions are alike.</summary>
public sealed class SocketConnector(ILoggerFactory loggers) : IConnectionFactory, IDisposable
{
    private readonly SocketConnectionContextFactory _contexts = new(Options(), loggers.CreateLogger<SocketConnector>());

    /// <inheritdoc/>
    /// <exception cref="SocketException">The peer refuses or cannot be reached.</exception>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return _contexts.Create(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _contexts.Dispose();

    private static SocketConnectionFactoryOptions Options()
    {
        var options = new SocketConnectionFactoryOptions();
        SetMemoryPoolFactory(options, NetworkBlocks.OfProcess);
        return options;
    }

    // A listener takes its blocks from the services of its host; for a connector .NET 10 has the same property, but no public way
    // to it. Without it a client reads 4 KiB at a time, and a large message comes half as fast (bench.sh large).
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_MemoryPoolFactory")]
    private static extern void SetMemoryPoolFactory(SocketConnectionFactoryOptions options, IMemoryPoolFactory<byte> factory);
}
