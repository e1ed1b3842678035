using System.Security.Cryptography.X509Certificates;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.Client.Sessions;

/// <summary>How a client speaks TLS to its server.</summary>
public sealed record ImClientTls : ITlsMaterialSource
{
    /// <summary>The name the server's certificate must carry: the host of the service's addresses, as a rule (RFC 5922 7.2).</summary>
    public required string ServerName { get; init; }

    /// <summary>The authorities that vouch for the server; null: those of the system.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <inheritdoc/>
    TlsMaterial ITlsMaterialSource.Current => new() { PeerAuthorities = Authorities };
}
