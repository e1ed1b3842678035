using System.Net;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>One way to send a request: over which transport, where to, and the request with the Via of that transport.</summary>
internal sealed record SipClientAttempt(ISipTransport Transport, IPEndPoint Remote, SipFlow? Flow, SipMessage Request);
