using System.Diagnostics.CodeAnalysis;

namespace PosteRestante.SipEdge.Accounts;

/// <summary>Says who is served. Asked on the hot path before any grain call, so answers come from memory.</summary>
public interface IAccountDirectory
{
    /// <summary>
    /// The account that an address or one of its aliases belongs to.
    /// </summary>
    /// <param name="aor">An address-of-record in normal form: scheme and host in lower case, no parameters.</param>
    /// <param name="account">The account, when the user is served.</param>
    bool TryFindByAddress(string aor, [NotNullWhen(true)] out Account? account);

    /// <summary>The account whose digest user name this is (RFC 3261 22).</summary>
    bool TryFindByUserName(string userName, [NotNullWhen(true)] out Account? account);
}
