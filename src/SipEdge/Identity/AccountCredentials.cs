using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipStack.Sip.Authentication;

namespace PosteRestante.SipEdge.Identity;

/// <summary>The accounts as what digest asks: who may call, and what proves it.</summary>
public sealed class AccountCredentials(IAccountDirectory accounts) : IDigestCredentials
{
    /// <inheritdoc/>
    public string? FindHa1(string userName, string realm, DigestAlgorithm algorithm) =>
        accounts.TryFindByUserName(userName, out var account)
            ? DigestHash.Ha1(algorithm, userName, realm, account.Password)
            : null;
}
