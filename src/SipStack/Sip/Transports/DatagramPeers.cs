using System.Net;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>The flows of the peers that a receive thread has heard of, so that a known peer costs no allocation.</summary>
internal sealed class DatagramPeers(SipTransportKind kind, IPEndPoint local, int capacity)
{
    private readonly Dictionary<SocketAddress, SipFlow> _flows = [];

    /// <summary>The flow of a source; the address is the socket's buffer and may change afterwards.</summary>
    public SipFlow Find(SocketAddress source)
    {
        if (_flows.TryGetValue(source, out var flow))
        {
            return flow;
        }

        flow = new SipFlow(kind, local, (IPEndPoint)local.Create(source));
        if (_flows.Count >= capacity)
        {
            _flows.Clear();
        }

        _flows.Add(flow.RemoteAddress, flow);
        return flow;
    }
}
