using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// SIP over UDP: blocking threads receive on one socket, copy each datagram once into an array of its size, parse it and
/// post it to the loop; the loop sends. When the loop is behind, datagrams are dropped and counted there.
/// </summary>
public sealed partial class UdpTransport : ISipTransport
{
    private const int MaxDatagram = 65_535;

    private readonly EventLoop _loop;
    private readonly SipTransportOptions _options;
    private readonly SipMessageParser _parser;
    private readonly SipInstruments _instruments;
    private readonly ILogger _logger;
    private readonly Socket _socket;
    private readonly ManualResetEventSlim _stop = new(initialState: false);
    private readonly List<Thread> _threads = [];

    /// <summary>Binds the socket; nothing is received before <see cref="Start"/>.</summary>
    /// <exception cref="SocketException">The end point cannot be bound.</exception>
    public UdpTransport(EventLoop loop, IPEndPoint local, SipTransportOptions options, SipParserOptions parser, SipInstruments instruments, ILogger<UdpTransport> logger)
        : this(loop, Bind(local), options, parser, instruments, logger)
    {
    }

    /// <summary>Takes over a socket that is bound; nothing is received before <see cref="Start"/>.</summary>
    public UdpTransport(EventLoop loop, Socket bound, SipTransportOptions options, SipParserOptions parser, SipInstruments instruments, ILogger<UdpTransport> logger)
    {
        _loop = loop;
        _options = options;
        _parser = new SipMessageParser(parser);
        _instruments = instruments;
        _logger = logger;
        _socket = bound;
        _socket.ReceiveBufferSize = options.UdpReceiveBufferBytes;
        _socket.SendBufferSize = options.UdpSendBufferBytes;
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        SentByHost = SipSentBy.Host(options.AdvertisedHost, LocalEndPoint.Address);
    }

    /// <summary>Where the socket is bound.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public SipTransportKind Kind => SipTransportKind.Udp;

    /// <inheritdoc/>
    public string SentByHost { get; }

    /// <inheritdoc/>
    public int SentByPort => LocalEndPoint.Port;

    /// <inheritdoc/>
    public void Start(ISipReceiver receiver)
    {
        for (var i = 0; i < _options.UdpReceiveThreads; i++)
        {
            var thread = new Thread(() => ReceiveAll(receiver)) { Name = $"SIP UDP {LocalEndPoint.Port} #{i}", IsBackground = true };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <inheritdoc/>
    public SipFlow FindFlow(IPEndPoint remote) => new(Kind, LocalEndPoint, remote);

    /// <inheritdoc/>
    public ValueTask<SipFlow?> OpenFlowAsync(IPEndPoint remote) => new(FindFlow(remote));

    /// <inheritdoc/>
    public SipSendResult Send(SipFlow flow, ReadOnlySpan<byte> octets)
    {
        if (!flow.Local.Equals(LocalEndPoint))
        {
            return SipSendResult.FlowGone; // of another socket
        }

        try
        {
            _socket.SendTo(octets, SocketFlags.None, flow.RemoteAddress);
            return SipSendResult.Sent;
        }
        catch (SocketException refused)
        {
            LogSendFailed(_logger, flow, refused.SocketErrorCode);
            return refused.SocketErrorCode == SocketError.MessageSize ? SipSendResult.TooLarge : SipSendResult.Unreachable;
        }
        catch (ObjectDisposedException)
        {
            return SipSendResult.Unreachable;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _stop.Set();
        _socket.Dispose();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Socket Bind(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(local);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void ReceiveAll(ISipReceiver receiver)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagram);
        var source = new SocketAddress(LocalEndPoint.AddressFamily);
        var reader = new DatagramReader(_loop, _parser, _instruments, receiver);
        var peers = new DatagramPeers(Kind, LocalEndPoint, _options.UdpKnownPeers);
        while (!_stop.IsSet)
        {
            if (TryReceive(buffer, source, out var length))
            {
                reader.Read(peers.Find(source), buffer.AsSpan(0, length));
            }
        }
    }

    private bool TryReceive(byte[] buffer, SocketAddress source, out int length)
    {
        try
        {
            length = _socket.ReceiveFrom(buffer, SocketFlags.None, source);
            return true;
        }
        catch (SocketException failed) when (!_stop.IsSet)
        {
            // An ICMP error of an earlier datagram, or a socket that is out of buffers: go on, but do not spin.
            LogReceiveFailed(_logger, failed.SocketErrorCode);
            _stop.Wait(TimeSpan.FromMilliseconds(1));
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The socket was closed by DisposeAsync.
        }

        length = 0;
        return false;
    }
}
