using System.Net;

namespace PosteRestante.SipStack.Simulation;

/// <summary>A datagram socket of a <see cref="MemoryNetwork"/>.</summary>
public sealed class MemoryDatagramSocket : IDisposable
{
    private readonly MemoryNetwork _network;
    private readonly Action<IPEndPoint, byte[]> _receive;

    internal MemoryDatagramSocket(MemoryNetwork network, IPEndPoint local, Action<IPEndPoint, byte[]> receive)
    {
        _network = network;
        _receive = receive;
        Local = local;
    }

    /// <summary>Where it is bound.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Sends a datagram; the octets are copied.</summary>
    public void Send(IPEndPoint remote, ReadOnlySpan<byte> octets) => _network.Send(Local, remote, octets);

    /// <inheritdoc/>
    public void Dispose() => _network.Remove(this);

    internal void Receive(IPEndPoint source, byte[] octets) => _receive(source, octets);
}
