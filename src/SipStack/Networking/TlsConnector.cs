using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Networking;

/// <summary>
/// Connects with TLS where the end point is a <see cref="TlsEndPoint"/>, and plainly where it is not. A peer that is not who it has
/// to be is not talked to.
/// </summary>
/// <param name="plain">Opens connections.</param>
/// <param name="material">Whom to trust, and who we are to a peer that asks.</param>
/// <param name="time">The clock.</param>
/// <param name="instruments">The metrics.</param>
/// <param name="logger">The log.</param>
public sealed partial class TlsConnector(
    IConnectionFactory plain, ITlsMaterialSource material, TimeProvider time, TlsInstruments instruments, ILogger<TlsConnector> logger)
    : IConnectionFactory
{
    /// <inheritdoc/>
    /// <exception cref="IOException">There is no TLS, or the peer is not who it has to be.</exception>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is TlsEndPoint secure
            ? await SecureAsync(await plain.ConnectAsync(secure.Address, cancellationToken), secure, cancellationToken)
            : await plain.ConnectAsync(endpoint, cancellationToken);

    private async Task<ConnectionContext> SecureAsync(ConnectionContext connection, TlsEndPoint peer, CancellationToken cancellation)
    {
        var stream = new SslStream(new DuplexPipeStream(connection.Transport), leaveInnerStreamOpen: true);
        string? objection = null;
        var now = material.Current;
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = peer.Name,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ClientCertificateContext = now.Certificate,
                    CertificateChainPolicy = TlsMaterial.Policy(now.PeerAuthorities),
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (objection = Object(peer, certificate as X509Certificate2, chain, errors)) is null,
                },
                cancellation);
            instruments.HandshakeEnded(TlsOutcome.Done);
            return new TlsConnectionContext(connection, stream, time);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or OperationCanceledException)
        {
            instruments.HandshakeEnded(objection is not null ? TlsOutcome.Untrusted : cancellation.IsCancellationRequested ? TlsOutcome.TimedOut : TlsOutcome.Failed);
            await stream.DisposeAsync();
            connection.Abort(new ConnectionAbortedException("No TLS."));
            await connection.DisposeAsync();
            if (objection is not null)
            {
                LogUntrusted(peer.Address, objection);
            }

            throw new IOException(objection ?? failed.Message, failed);
        }
    }

    // RFC 5922 7.2, 7.3; RFC 8122 6 where a fingerprint is known.
    private static string? Object(TlsEndPoint peer, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "it shows no certificate";
        }

        if (peer.Fingerprint is { } fingerprint)
        {
            return CertificateFingerprint.Matches(certificate, fingerprint) ? null : "its certificate is not the one whose fingerprint was told";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var why = string.Join(", ", chain?.ChainStatus.Select(static status => status.Status) ?? []);
            return $"no trusted authority vouches for its certificate ({why})";
        }

        return CertificateNames.Matches(certificate, peer.Name) ? null : $"its certificate is not for {peer.Name}";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Remote} is not talked to over TLS: {Reason}.")]
    private partial void LogUntrusted(IPEndPoint remote, string reason);
}
