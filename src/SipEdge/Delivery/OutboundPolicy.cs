using System.Net;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipEdge.Identity;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// Where this node may connect to because a peer's SDP says so: the peer's own source address, or a network the operator
/// listed. Anything else would let a user aim the node at any host.
/// </summary>
public sealed class OutboundPolicy(DeliveryOptions options)
{
    private readonly TrustedPeers _allowed = new(options.ConnectTo);

    /// <summary>The end point of the first URI of a path, when it may be connected to; else null.</summary>
    public IPEndPoint? Judge(MsrpPath path, IPAddress peer)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(peer);
        var first = path.First;
        var isReachable = IPAddress.TryParse(first.Host.Trim('[', ']'), out var address)
            && (address.Equals(peer) || _allowed.Contains(address));
        return isReachable ? new IPEndPoint(address!, first.Port ?? MsrpUri.DefaultPort) : null;
    }
}
