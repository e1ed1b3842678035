using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Registration;

/// <summary>What a REGISTER wants of one contact.</summary>
/// <param name="Contact">Which.</param>
/// <param name="Priority">Its q-value in thousandths.</param>
/// <param name="PriorityText">The q-value as it came; empty for none.</param>
/// <param name="Expires">For how long; zero removes it.</param>
internal sealed record ContactChange(SipUri Contact, int Priority, string PriorityText, TimeSpan Expires);
