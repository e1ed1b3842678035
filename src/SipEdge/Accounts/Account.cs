namespace PosteRestante.SipEdge.Accounts;

/// <summary>A user whose messages are kept here.</summary>
public sealed record Account
{
    /// <summary>The address-of-record in normal form (<c>sip:alice@example.net</c>); it names the mailbox.</summary>
    public required string Aor { get; init; }

    /// <summary>Digest user name; empty when the account has no credentials.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Digest password; empty when the account has no credentials.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>Whether the user may collect messages (DM-12.2.1-1).</summary>
    public bool MayRetrieve { get; init; } = true;
}
