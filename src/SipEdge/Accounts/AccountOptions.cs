namespace PosteRestante.SipEdge.Accounts;

/// <summary>Who is served. A change takes effect at the next start.</summary>
public sealed class AccountOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Accounts";

    /// <summary>The users, in place. Default: none.</summary>
    public IList<AccountEntry> Users { get; init; } = [];

    /// <summary>
    /// A JSON file with a list of users of the same form, for more than fit into a configuration. Default: none.
    /// </summary>
    public string File { get; set; } = string.Empty;

    /// <summary>
    /// Domains every user of which is served without being listed. Only behind a trusted core, which knows its users:
    /// refused unless <c>Identity:TrustedPeers</c> names one. Default: none.
    /// </summary>
    public IList<string> WildcardDomains { get; init; } = [];

    /// <summary>At most this many users, listed and from the file. Default 1,000,000: about 300 MB of memory.</summary>
    public int MaxUsers { get; set; } = 1_000_000;
}
