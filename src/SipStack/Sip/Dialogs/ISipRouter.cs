using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>Decides where requests inside a dialog go. Called on the loop.</summary>
public interface ISipRouter
{
    /// <summary>The way to the next hop of a dialog.</summary>
    /// <param name="nextHop">The first route of the dialog, else the peer's Contact: a name the peer chose.</param>
    /// <param name="flow">The flow the dialog was last heard over.</param>
    SipDestination Route(SipUri nextHop, SipFlow flow);
}
