namespace PosteRestante.SipEdge.Accounts;

/// <summary>One user as configured.</summary>
public sealed class AccountEntry
{
    /// <summary>The address-of-record, <c>sip:alice@example.net</c>. Required.</summary>
    public string Aor { get; set; } = string.Empty;

    /// <summary>Other addresses of the same user (<c>tel:</c>, further <c>sip:</c>). Default: none.</summary>
    public IList<string> Aliases { get; init; } = [];

    /// <summary>Digest user name. Default: the user part of <see cref="Aor"/>.</summary>
    public string UserName { get; set; } = string.Empty;

    /// <summary>Digest password. Default: none, so that the user is known only by a trusted peer's word.</summary>
    public string Password { get; set; } = string.Empty;

    /// <summary>Whether the user may collect messages. Default true.</summary>
    public bool MayRetrieve { get; set; } = true;
}
