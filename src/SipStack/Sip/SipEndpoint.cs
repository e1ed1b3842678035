using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Simulation;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip;

/// <summary>A whole SIP stack on one loop: transports, transactions, dialogs.</summary>
/// <remarks>
/// Usage: create it, set <see cref="SipDialogLayer.User"/>, then add transports. Adding one begins to receive.
/// </remarks>
public sealed class SipEndpoint : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers;
    private readonly SipEndpointOptions _options;
    private readonly SipInstruments _instruments;

    /// <summary>Creates a stack without transports.</summary>
    public SipEndpoint(EventLoop loop, SipEndpointOptions options, SipInstruments instruments, SipIdentifiers identifiers, ILoggerFactory loggers)
    {
        Loop = loop;
        Identifiers = identifiers;
        _options = options;
        _instruments = instruments;
        _loggers = loggers;
        Transports = new SipTransportLayer(options.Transport, instruments, identifiers);
        Transactions = new SipTransactionLayer(
            loop, Transports, options.Timers, options.Transactions, instruments, identifiers, loggers.CreateLogger<SipTransactionLayer>());
        Dialogs = new SipDialogLayer(Transactions, options.Dialogs);
    }

    /// <summary>The loop everything runs on.</summary>
    public EventLoop Loop { get; }

    /// <summary>The transports.</summary>
    public SipTransportLayer Transports { get; }

    /// <summary>The transactions.</summary>
    public SipTransactionLayer Transactions { get; }

    /// <summary>The dialogs, and what is above them.</summary>
    public SipDialogLayer Dialogs { get; }

    /// <summary>Makes tags and Call-IDs.</summary>
    public SipIdentifiers Identifiers { get; }

    /// <summary>Binds UDP and begins to receive.</summary>
    /// <exception cref="SocketException">The end point cannot be bound.</exception>
    public UdpTransport AddUdp(IPEndPoint local) =>
        Add(new UdpTransport(Loop, local, _options.Transport, _options.Parser, _instruments, _loggers.CreateLogger<UdpTransport>()));

    /// <summary>Begins to receive on a UDP socket that the host has bound.</summary>
    public UdpTransport AddUdp(Socket bound) =>
        Add(new UdpTransport(Loop, bound, _options.Transport, _options.Parser, _instruments, _loggers.CreateLogger<UdpTransport>()));

    /// <summary>
    /// Adds a stream transport; the host listens and hands accepted connections to <see cref="StreamTransport.ServeAsync"/>, as
    /// <see cref="SipConnectionHandler"/> does for Kestrel.
    /// </summary>
    /// <param name="kind">TCP or TLS.</param>
    /// <param name="listening">Where the host listens; port 0 for a stack that only connects.</param>
    /// <param name="connector">Opens connections, <see cref="Networking.SocketConnector"/> as a rule.</param>
    public StreamTransport AddStream(SipTransportKind kind, IPEndPoint listening, IConnectionFactory connector)
    {
        var transport = new StreamTransport(
            Loop, kind, listening, connector, _options.Transport, _options.Parser, _instruments, _loggers.CreateLogger<StreamTransport>());
        Transports.Add(transport);
        return transport;
    }

    /// <summary>Joins a network in memory at one end point, with datagrams and streams.</summary>
    public void AddMemory(MemoryNetwork network, IPEndPoint local)
    {
        Transports.Add(new MemoryUdpTransport(Loop, network, local, _options.Parser, _instruments));
        network.Listen(local, AddStream(SipTransportKind.Tcp, local, network).ServeAsync);
    }

    /// <summary>Stops every transport. The loop must still run; it is stopped afterwards.</summary>
    public ValueTask DisposeAsync() => Transports.StopAsync();

    private UdpTransport Add(UdpTransport transport)
    {
        Transports.Add(transport);
        return transport;
    }
}
