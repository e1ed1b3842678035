using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Accounts;

/// <summary>A user whose messages are kept here.</summary>
/// <param name="aor">The address-of-record in normal form (<see cref="AddressOfRecord"/>).</param>
public sealed class Account(string aor)
{
    /// <summary>The address-of-record in normal form (<c>sip:alice@example.net</c>); it names the mailbox.</summary>
    public string Aor { get; } = aor;

    /// <summary>The grain key of the mailbox.</summary>
    public MailboxKey Mailbox { get; } = MailboxKey.FromAor(aor);

    /// <summary>Digest user name; empty when the account has no credentials.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Digest password; empty when the account has no credentials.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>Whether the user may collect messages (DM-12.2.1-1).</summary>
    public bool MayRetrieve { get; init; } = true;
}
