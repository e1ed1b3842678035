using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>What the edge knows of the sender of a message.</summary>
/// <param name="Identity">How it knows.</param>
/// <param name="Aor">The identity in normal form; of an unverified sender the From that was claimed.</param>
/// <param name="IsRepeat">
/// Whether its credentials were used before, or may have been: good for a message that was taken before, not for another.
/// </param>
public readonly record struct SenderView(SenderIdentity Identity, string Aor, bool IsRepeat = false);
