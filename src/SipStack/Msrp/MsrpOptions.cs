using System.ComponentModel.DataAnnotations;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>The bounds and times of MSRP connections and sessions.</summary>
public sealed class MsrpOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Msrp";

    /// <summary>What is read as one frame.</summary>
    public MsrpFrameOptions Frames { get; set; } = new();

    /// <summary>Connections open at once, default 10,000: about 20 KB each while idle. Further ones are closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Connections of one peer address, default 1,000: clients behind one NAT, or a relay. Further ones are closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerPeer { get; set; } = 1000;

    /// <summary>Sessions at once, waiting ones included, default 20,000. Beyond it no session is made.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 20_000;

    /// <summary>Messages that wait in one session to be sent, default 4096. Beyond it a message is refused at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedMessages { get; set; } = 4096;

    /// <summary>Requests that may be unanswered in one session, default 64: enough to fill the round trip, few enough to
    /// be offered again after a loss.</summary>
    [Range(1, 4096)]
    public int MaxUnanswered { get; set; } = 64;

    /// <summary>Messages of one session whose success REPORT is awaited, default 4096; beyond it the oldest is no longer
    /// awaited.</summary>
    [Range(1, 1_000_000)]
    public int MaxAwaitedReports { get; set; } = 4096;

    /// <summary>Messages of one session that may be partly received, default 16. A further one gets 413.</summary>
    [Range(1, 10_000)]
    public int MaxUnfinishedMessages { get; set; } = 16;

    /// <summary>Messages of one session that are received and not yet safe, default 64, the usual window of a sender. While
    /// there are as many, nothing more is read from the peer.</summary>
    [Range(1, 10_000)]
    public int MaxUnsafeMessages { get; set; } = 64;

    /// <summary>Octets of a message that is received, default 100 MiB. A longer one gets 413.</summary>
    [Range(1, long.MaxValue)]
    public long MaxMessageBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>Gaps in a message that is received out of order, default 64. More get 413.</summary>
    [Range(1, 100_000)]
    public int MaxGaps { get; set; } = 64;

    /// <summary>Message-IDs of one session that are remembered after their message, default 1024, so that a repeat is
    /// acknowledged and dropped (RFC 4975 5.4).</summary>
    [Range(1, 1_000_000)]
    public int MaxRememberedMessages { get; set; } = 1024;

    /// <summary>Octets that are gathered before they are handed to the network, default 256 KiB: many small messages go
    /// out as one. A chunk is interrupted where something else has to go out.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int BatchBytes { get; set; } = 256 * 1024;

    /// <summary>Octets of one chunk, default 128 KiB: few enough that a peer of 5 KB/s answers each in time, enough that heads and
    /// answers weigh nothing (RFC 4975 7.1.1 wants few large chunks).</summary>
    [Range(2048, 16 * 1024 * 1024)]
    public int MaxChunkBytes { get; set; } = 128 * 1024;

    /// <summary>Octets that may wait while the peer does not read, default 1 MiB. Beyond it nothing more is read from
    /// the peer, so that it cannot make us owe it answers without end.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxPendingOutputBytes { get; set; } = 1024 * 1024;

    /// <summary>Octets of one connection that are handled in one turn of the loop, default 64 KiB, so that a fast peer
    /// does not keep the others waiting.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBytesPerTurn { get; set; } = 64 * 1024;

    /// <summary>How long a request may be unanswered, default 30 s (RFC 4975 7.1.1).</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan TransactionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the passive side waits for the first SEND, and a new connection for its session, default 30 s
    /// (RFC 4975 5.4 sets no time; the transaction time of 7.1.1 is taken).</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan FirstSendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long connecting may take, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing may move on a connection in the middle of a frame, or of what is written, or in the
    /// middle of a message, default 60 s. Beyond it the peer counts as gone.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Octets that a peer in the middle of a frame has to send within <see cref="StallTimeout"/>, default 4 KiB: some 70 a
    /// second, which no network is too slow for. Beyond it, it trickles to hold the connection, and is cut.</summary>
    [Range(0, 1_000_000)]
    public int MinStallBytes { get; set; } = 4096;

    /// <summary>How long a peer may go on with the frame in which its connection is closed, default 2 s: what it sends is
    /// thrown away, and it has time to read the last answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan LingerTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many octets of such a peer are thrown away at most, default 16 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long LingerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Whether a To-Path is matched by its session-id alone, default false: only for peers behind a gateway that
    /// rewrites <c>a=path</c> and not the frames.</summary>
    public bool MatchSessionIdOnly { get; set; }
}
