using System.Net;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>Where a request goes: decided by routing, before a flow exists.</summary>
/// <param name="Transport">The transport; a long request to a UDP destination goes over TCP (RFC 3261 18.1.1).</param>
/// <param name="EndPoint">The next hop.</param>
/// <param name="Flow">The flow to use while it lives, as inside a dialog; null to take any.</param>
public sealed record SipDestination(SipTransportKind Transport, IPEndPoint EndPoint, SipFlow? Flow = null)
{
    /// <summary>Back over the flow something came from; when its connection is gone, to the same end point.</summary>
    public static SipDestination Over(SipFlow flow) => new(flow.Transport, flow.Remote, flow);
}
