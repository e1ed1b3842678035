namespace PosteRestante.Client.Settings;

/// <summary>A user with the credentials that a client answers a digest challenge with (RFC 3261 22).</summary>
public sealed record ClientAccount
{
    /// <summary>The address-of-record.</summary>
    public required string Aor { get; init; }

    /// <summary>The digest user name.</summary>
    public required string UserName { get; init; }

    /// <summary>The digest password.</summary>
    public required string Password { get; init; }
}
