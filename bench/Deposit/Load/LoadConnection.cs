using System.Net;
using System.Net.Sockets;

namespace PosteRestante.Bench.Deposit.Load;

/// <summary>One socket of the load, never waited on for long.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int SocketBuffer = 4 << 20;
    private const int Patience = 1_000;

    private readonly byte[] _received = new byte[64 * 1024];
    private readonly bool _isTcp;
    private int _length;

    /// <summary>Connects.</summary>
    public LoadConnection(int port, bool isTcp)
    {
        _isTcp = isTcp;
        Socket = isTcp
            ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = SocketBuffer };
        Socket.Connect(IPAddress.Loopback, port);
        Socket.Blocking = false;
    }

    /// <summary>The socket, to wait for.</summary>
    public Socket Socket { get; }

    /// <summary>Whether the server closed it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Sends one message whole.</summary>
    public void Send(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty && !IsClosed)
        {
            var sent = Socket.Send(octets, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                Socket.Poll(Patience, SelectMode.SelectWrite);
            }
            else if (error != SocketError.Success)
            {
                IsClosed = _isTcp; // over UDP somebody else's ICMP: it goes again by its timer
                return;
            }
            else
            {
                octets = octets[sent..];
            }
        }
    }

    /// <summary>
    /// Hands over what arrived; false when there was nothing. A response to MESSAGE has no body here, so that over
    /// TCP one ends with its empty line.
    /// </summary>
    public bool TryReceive(ILoadReceiver receiver)
    {
        var received = Socket.Receive(_received.AsSpan(_length), SocketFlags.None, out var error);
        if (error != SocketError.Success || (received == 0 && _isTcp))
        {
            IsClosed |= _isTcp && error != SocketError.WouldBlock;
            return error is not SocketError.WouldBlock && !_isTcp;
        }

        if (!_isTcp)
        {
            receiver.Receive(_received.AsSpan(0, received));
            return true;
        }

        _length += received;
        var rest = _received.AsSpan(0, _length);
        for (var end = rest.IndexOf("\r\n\r\n"u8); end >= 0; end = rest.IndexOf("\r\n\r\n"u8))
        {
            receiver.Receive(rest[..end]);
            rest = rest[(end + 4)..];
        }

        rest.CopyTo(_received);
        _length = rest.Length;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();
}
