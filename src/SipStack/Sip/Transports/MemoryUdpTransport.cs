using System.Net;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Simulation;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// SIP over the datagrams of a <see cref="MemoryNetwork"/>: the same reader and the same bounds as over UDP, without sockets
/// and threads. Its TCP is a <see cref="StreamTransport"/> that connects through the network:
/// <c>network.Listen(endPoint, transport.ServeAsync)</c>.
/// </summary>
public sealed class MemoryUdpTransport : ISipTransport
{
    private readonly EventLoop _loop;
    private readonly MemoryNetwork _network;
    private readonly SipMessageParser _parser;
    private readonly SipInstruments _instruments;
    private readonly IPEndPoint _local;
    private MemoryDatagramSocket? _socket;

    /// <summary>Creates a transport; it is bound when it starts.</summary>
    public MemoryUdpTransport(EventLoop loop, MemoryNetwork network, IPEndPoint local, SipParserOptions parser, SipInstruments instruments)
    {
        _loop = loop;
        _network = network;
        _local = local;
        _parser = new SipMessageParser(parser);
        _instruments = instruments;
    }

    /// <inheritdoc/>
    public SipTransportKind Kind => SipTransportKind.Udp;

    /// <inheritdoc/>
    public string SentByHost => SipSentBy.Host(null, _local.Address);

    /// <inheritdoc/>
    public int SentByPort => _local.Port;

    /// <inheritdoc/>
    public void Start(ISipReceiver receiver)
    {
        var reader = new DatagramReader(_loop, _parser, _instruments, receiver);
        _socket = _network.Bind(_local, (source, octets) => reader.Read(new SipFlow(Kind, _local, source), octets));
    }

    /// <inheritdoc/>
    public SipFlow FindFlow(IPEndPoint remote) => new(Kind, _local, remote);

    /// <inheritdoc/>
    public ValueTask<SipFlow?> OpenFlowAsync(IPEndPoint remote) => new(FindFlow(remote));

    /// <inheritdoc/>
    public SipSendResult Send(SipFlow flow, ReadOnlySpan<byte> octets)
    {
        if (_socket is null || !flow.Local.Equals(_local))
        {
            return _socket is null ? SipSendResult.Unreachable : SipSendResult.FlowGone;
        }

        _socket.Send(flow.Remote, octets);
        return SipSendResult.Sent;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        _socket = null;
        return ValueTask.CompletedTask;
    }
}
