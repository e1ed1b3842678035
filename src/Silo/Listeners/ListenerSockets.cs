using System.Net;
using System.Net.Sockets;
using PosteRestante.Silo.Configuration;

namespace PosteRestante.Silo.Listeners;

/// <summary>
/// The bound sockets of all listeners. They are bound together and before anything else starts, so that a port that is
/// taken is told at once and every port number is known; none listens before the service is ready to answer.
/// </summary>
public sealed class ListenerSockets : IDisposable
{
    // With port 0 the system picks a TCP port whose UDP twin may be taken.
    private const int PairAttempts = 32;

    private readonly Dictionary<EndPoint, Socket> _tcp = [];
    private Socket? _sipUdp;

    private ListenerSockets(ListenerOptions options, bool withTls)
    {
        var address = IPAddress.Parse(options.Address);
        try
        {
            (Sip, _sipUdp) = BindPair(address, options);
            Msrp = BindTcp(address, options.MsrpPort, nameof(options.MsrpPort), options.TakeFreePortIfBusy);
            if (withTls)
            {
                Sips = BindTcp(address, options.SipsPort, nameof(options.SipsPort), options.TakeFreePortIfBusy);
                Msrps = BindTcp(address, options.MsrpsPort, nameof(options.MsrpsPort), options.TakeFreePortIfBusy);
            }

            Http = BindTcp(address, options.HttpPort, nameof(options.HttpPort), options.TakeFreePortIfBusy);
        }
        catch
        {
            Dispose();
            throw;
        }

        Replaced =
        [
            .. new[]
            {
                new ReplacedPort($"{ListenerOptions.SectionName}:{nameof(options.SipPort)}", options.SipPort, Sip.Port),
                new ReplacedPort($"{ListenerOptions.SectionName}:{nameof(options.MsrpPort)}", options.MsrpPort, Msrp.Port),
                new ReplacedPort($"{ListenerOptions.SectionName}:{nameof(options.SipsPort)}", options.SipsPort, Sips?.Port ?? options.SipsPort),
                new ReplacedPort($"{ListenerOptions.SectionName}:{nameof(options.MsrpsPort)}", options.MsrpsPort, Msrps?.Port ?? options.MsrpsPort),
                new ReplacedPort($"{ListenerOptions.SectionName}:{nameof(options.HttpPort)}", options.HttpPort, Http.Port),
            }.Where(port => port.Wanted != 0 && port.Wanted != port.Taken),
        ];
        Advertised = options.AdvertisedAddress.Length == 0 ? address : IPAddress.Parse(options.AdvertisedAddress);
    }

    /// <summary>The SIP listener: one port for UDP and TCP.</summary>
    public IPEndPoint Sip { get; }

    /// <summary>The MSRP listener.</summary>
    public IPEndPoint Msrp { get; }

    /// <summary>The listener of SIP over TLS; null without a certificate.</summary>
    public IPEndPoint? Sips { get; }

    /// <summary>The listener of MSRP over TLS; null without a certificate.</summary>
    public IPEndPoint? Msrps { get; }

    /// <summary>The HTTP listener.</summary>
    public IPEndPoint Http { get; }

    /// <summary>Ports that were taken and replaced (<see cref="ListenerOptions.TakeFreePortIfBusy"/>).</summary>
    public IReadOnlyList<ReplacedPort> Replaced { get; }

    /// <summary>The address that peers are told.</summary>
    public IPAddress Advertised { get; }

    /// <summary>Binds every listener.</summary>
    /// <param name="options">Where.</param>
    /// <param name="withTls">Whether there are listeners for TLS.</param>
    /// <exception cref="StartRefusedException">A port is taken, or the address is not of this machine.</exception>
    public static ListenerSockets Bind(ListenerOptions options, bool withTls)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ListenerSockets(options, withTls);
    }

    /// <summary>Hands a bound TCP socket over to the server that will listen on it and close it.</summary>
    public Socket TakeTcp(EndPoint endPoint) =>
        _tcp.Remove(endPoint, out var socket)
            ? socket
            : throw new InvalidOperationException($"{endPoint} is not one of the listeners, or was taken before.");

    /// <summary>Hands the bound UDP socket of the SIP listener over to the transport that will receive on it and close it.</summary>
    public Socket TakeSipUdp() =>
        Interlocked.Exchange(ref _sipUdp, null) ?? throw new InvalidOperationException("The UDP socket was taken before.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var socket in _tcp.Values)
        {
            socket.Dispose();
        }

        _tcp.Clear();
        _sipUdp?.Dispose();
    }

    private (IPEndPoint EndPoint, Socket Udp) BindPair(IPAddress address, ListenerOptions options)
    {
        const string Key = nameof(ListenerOptions.SipPort);
        for (var attempt = 1; ; attempt++)
        {
            var endPoint = BindTcp(address, options.SipPort, Key, options.TakeFreePortIfBusy);
            var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(endPoint);
                return (endPoint, udp);
            }
            catch (SocketException failed)
            {
                udp.Dispose();
                TakeTcp(endPoint).Dispose();
                var anyPort = options.SipPort == 0 || options.TakeFreePortIfBusy;
                if (failed.SocketErrorCode != SocketError.AddressAlreadyInUse || !anyPort || attempt == PairAttempts)
                {
                    throw Refused(Key, endPoint, failed);
                }

                // The configured port is free for TCP alone: any other will do.
                options = new ListenerOptions { Address = options.Address, SipPort = 0 };
            }
        }
    }

    private IPEndPoint BindTcp(IPAddress address, int port, string key, bool takeFreePortIfBusy)
    {
        var wanted = new IPEndPoint(address, port);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(wanted);
        }
        catch (SocketException failed)
        {
            socket.Dispose();
            return failed.SocketErrorCode == SocketError.AddressAlreadyInUse && takeFreePortIfBusy && port != 0
                ? BindTcp(address, 0, key, takeFreePortIfBusy: false)
                : throw Refused(key, wanted, failed);
        }

        var bound = (IPEndPoint)socket.LocalEndPoint!;
        _tcp.Add(bound, socket);
        return bound;
    }

    private static StartRefusedException Refused(string key, IPEndPoint endPoint, SocketException failed) =>
        failed.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? new($"{ListenerOptions.SectionName}:{key} is {endPoint.Port}, but another process uses that port on {endPoint.Address}; stop it, or set another port (0 takes a free one).", failed)
            : new($"{ListenerOptions.SectionName}:{key} is {endPoint.Port}, which cannot be opened on {endPoint.Address}: {failed.Message}.", failed);
}
