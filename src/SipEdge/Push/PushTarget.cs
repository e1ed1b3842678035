using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Push;

/// <summary>One way to a user.</summary>
/// <param name="Destination">Where the INVITE goes.</param>
/// <param name="Contact">The URI it asks for there; null: the user's own (DM-12.2.2.2-1a), for a core or a flow of his.</param>
public sealed record PushTarget(SipDestination Destination, string? Contact = null);
