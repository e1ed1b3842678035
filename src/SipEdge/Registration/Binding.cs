using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Registration;

/// <summary>Where a user is, until it expires (RFC 3261 10.3).</summary>
/// <param name="Contact">The URI that was registered. It is only ever a Request-URI: what goes there goes over the flow.</param>
/// <param name="Priority">The q-value in thousandths; 1000 when none was given (20.10).</param>
/// <param name="PriorityText">The q-value as it came; empty for none.</param>
/// <param name="CallId">Of the REGISTER that made it.</param>
/// <param name="Sequence">The CSeq of that.</param>
/// <param name="Flow">What it came over.</param>
/// <param name="ExpiresAt">When it is no more.</param>
internal sealed record Binding(
    SipUri Contact, int Priority, string PriorityText, string CallId, uint Sequence, SipFlow Flow, DateTimeOffset ExpiresAt);
