using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>
/// Keeps a dialog to the flow it came over: the peer's own address, whatever its Contact or Record-Route names. That reaches a
/// core and a client behind NAT alike, and nobody can aim our requests at a third host.
/// </summary>
public sealed class FlowRouter : ISipRouter
{
    /// <inheritdoc/>
    public SipDestination Route(SipUri nextHop, SipFlow flow) => SipDestination.Over(flow);
}
