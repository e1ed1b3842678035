using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.SipEdge.Identity;

/// <summary>Who sent a request, as far as it is known.</summary>
/// <param name="Identity">How it is known.</param>
/// <param name="Aor">The identity in normal form; the From of an unverified sender, empty if that names no user.</param>
/// <param name="Account">The account of the identity, when it has one here and the identity is known.</param>
public readonly record struct Originator(SenderIdentity Identity, string Aor, Account? Account = null);
