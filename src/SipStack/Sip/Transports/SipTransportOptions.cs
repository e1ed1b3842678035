using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>The limits of the SIP transports. The size of messages is limited by the parser's options.</summary>
public sealed class SipTransportOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip:Transport";

    /// <summary>
    /// The host name or address in Via, default null: the address the transport is bound to. To be set where that address
    /// is not the one that peers reach, as behind NAT or when bound to all addresses.
    /// </summary>
    public string? AdvertisedHost { get; set; }

    /// <summary>Threads that receive and parse datagrams, default 1: one keeps a loop busy (about 1 µs of parsing a message).</summary>
    [Range(1, 64)]
    public int UdpReceiveThreads { get; set; } = 1;

    /// <summary>Octets the kernel may hold for us, default 8 MiB (some 100 ms at the full rate); capped by the system (net.core.rmem_max).</summary>
    [Range(4096, int.MaxValue)]
    public int UdpReceiveBufferBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Octets the kernel may hold for sending, default 4 MiB.</summary>
    [Range(4096, int.MaxValue)]
    public int UdpSendBufferBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Peers whose end points each receive thread remembers, default 8192; a bound on memory, not on peers.</summary>
    [Range(1, 1_000_000)]
    public int UdpKnownPeers { get; set; } = 8192;

    /// <summary>The longest request sent over UDP, in octets, default 1300 (RFC 3261 18.1.1); longer ones go over TCP where there is one.</summary>
    [Range(200, 65_507)]
    public int MaxUdpRequestBytes { get; set; } = 1300;

    /// <summary>Connections of a stream transport in all, default 4096.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 4096;

    /// <summary>Connections of one peer address, default 256: a core behind one address opens several, a client one.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerPeer { get; set; } = 256;

    /// <summary>How long a connection may be silent in both directions, default 10 min: above the 2 min keep-alives of RFC 5626 clients.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How old a begun message may get before its end arrives, default 30 s; then the connection is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan UnfinishedMessageAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a peer whose message was refused in the middle may go on sending, default 2 s, before its connection is closed: what
    /// it sends is thrown away, and it has time to read why.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan LingerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many octets of such a peer are thrown away at most, default 16 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long LingerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long connecting may take, default 5 s: far below timer F, so that a request can still fail over.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Octets that may wait for a peer that reads slowly, default 1 MiB; then its connection is closed.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxSendQueueBytes { get; set; } = 1024 * 1024;

    /// <summary>Messages of one connection handled before others get their turn, default 32.</summary>
    [Range(1, 10_000)]
    public int MessagesPerTurn { get; set; } = 32;
}
