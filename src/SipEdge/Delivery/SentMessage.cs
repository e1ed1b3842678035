using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>What is remembered of a message until it is settled, without its content.</summary>
/// <param name="Outcome">What is confirmed, but for what became of it.</param>
/// <param name="HeldOctets">Octets of it that are in memory.</param>
/// <param name="Body">What the rest is read from, when it is in the body store.</param>
internal sealed record SentMessage(MessageOutcome Outcome, long HeldOctets, OutgoingBody? Body = null);
