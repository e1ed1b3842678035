using System.Net;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// A way to and from a peer: transport, both end points and, over a stream, the connection (RFC 5626 3.1). A request that
/// comes over a flow is answered over it; a flow whose connection is gone can send nothing and never comes back.
/// </summary>
public sealed class SipFlow : IEquatable<SipFlow>
{
    /// <summary>Describes a flow.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="local">Our end point.</param>
    /// <param name="remote">The peer's end point as the socket tells it.</param>
    /// <param name="connectionId">The number of the connection within its transport; 0 for datagrams.</param>
    public SipFlow(SipTransportKind transport, IPEndPoint local, IPEndPoint remote, long connectionId = 0)
    {
        Transport = transport;
        Local = local;
        Remote = remote;
        ConnectionId = connectionId;
    }

    /// <summary>The transport.</summary>
    public SipTransportKind Transport { get; }

    /// <summary>Our end point.</summary>
    public IPEndPoint Local { get; }

    /// <summary>The peer's end point as the socket tells it.</summary>
    public IPEndPoint Remote { get; }

    /// <summary>The number of the connection within its transport; 0 for datagrams.</summary>
    public long ConnectionId { get; }

    /// <summary>Whether the transport retransmits by itself.</summary>
    public bool IsReliable => Transport.IsReliable();

    /// <summary>The remote end point in the form the socket takes, made once.</summary>
    internal SocketAddress RemoteAddress => field ??= Remote.Serialize();

    /// <inheritdoc/>
    public bool Equals(SipFlow? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Transport == other.Transport && ConnectionId == other.ConnectionId
            && Remote.Equals(other.Remote) && Local.Equals(other.Local));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SipFlow);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Transport, ConnectionId, Remote);

    /// <summary>For a log: transport and peer.</summary>
    public override string ToString() => $"{Transport.ToViaText()} {Remote}{(ConnectionId == 0 ? string.Empty : $" #{ConnectionId}")}";
}
