using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Decides about new requests outside dialogs before anything is made for them. Called on the loop.</summary>
public interface ISipAdmission
{
    /// <summary>Admits or refuses a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="flow">Where it came from.</param>
    /// <param name="waited">How long it has waited since it was received.</param>
    /// <returns>Null to admit it; else the Retry-After of a stateless 503.</returns>
    TimeSpan? Refuse(SipMessage request, SipFlow flow, TimeSpan waited);
}
