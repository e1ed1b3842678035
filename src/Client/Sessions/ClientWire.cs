using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sessions;

/// <summary>Who sees what passes over a client's sockets.</summary>
/// <param name="Sip">Sees SIP messages.</param>
/// <param name="Msrp">Sees MSRP octets.</param>
public sealed record ClientWire(IWireObserver? Sip, IMsrpWireObserver? Msrp);
