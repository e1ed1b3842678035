using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Networking;

/// <summary>
/// Makes accepted connections secure: TLS 1.2 or 1.3 as server. A handshake that is not through in time, or is one too many, ends
/// its connection. Called from any thread.
/// </summary>
/// <param name="material">Who we are at each handshake.</param>
/// <param name="options">The bounds.</param>
/// <param name="asksClients">Whether clients must show a certificate where the material names their authorities.</param>
/// <param name="time">The clock.</param>
/// <param name="instruments">The metrics.</param>
/// <param name="logger">The log.</param>
public sealed partial class TlsAcceptor(
    ITlsMaterialSource material,
    TlsHandshakeOptions options,
    bool asksClients,
    TimeProvider time,
    TlsInstruments instruments,
    ILogger<TlsAcceptor> logger)
{
    private readonly ConcurrentDictionary<IPAddress, int> _perPeer = new();
    private int _count;

    /// <summary>Handshakes that run.</summary>
    public int Handshakes => Volatile.Read(ref _count);

    /// <summary>Takes the peer through the handshake.</summary>
    /// <returns>The secure connection; null when there is none, and the plain one is closed.</returns>
    public async Task<ConnectionContext?> AcceptAsync(ConnectionContext plain)
    {
        var peer = ((IPEndPoint)plain.RemoteEndPoint!).Address;
        var ofPeer = _perPeer.AddOrUpdate(peer, 1, static (_, count) => count + 1);
        try
        {
            if (Interlocked.Increment(ref _count) > options.MaxAtOnce || ofPeer > options.MaxPerPeer)
            {
                instruments.HandshakeEnded(TlsOutcome.TooMany);
                plain.Abort(new ConnectionAbortedException("Too many TLS handshakes."));
                return null;
            }

            return await HandshakeAsync(plain);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
            if (_perPeer.AddOrUpdate(peer, 0, static (_, count) => count - 1) == 0)
            {
                _perPeer.TryRemove(KeyValuePair.Create(peer, 0));
            }
        }
    }

    private async Task<ConnectionContext?> HandshakeAsync(ConnectionContext plain)
    {
        var stream = new SslStream(new DuplexPipeStream(plain.Transport), leaveInnerStreamOpen: true);
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        try
        {
            await stream.AuthenticateAsServerAsync(Settings(), timeout.Token);
            instruments.HandshakeEnded(TlsOutcome.Done);
            return new TlsConnectionContext(plain, stream, time);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            var outcome = timeout.IsCancellationRequested ? TlsOutcome.TimedOut : TlsOutcome.Failed;
            instruments.HandshakeEnded(outcome);
            LogHandshakeFailed(plain.RemoteEndPoint, outcome, failed.InnerException?.Message ?? failed.Message);
            await stream.DisposeAsync();
            plain.Abort(new ConnectionAbortedException("No TLS handshake."));
            return null;
        }
    }

    private SslServerAuthenticationOptions Settings()
    {
        var now = material.Current;
        var settings = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = now.Certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        if (asksClients && now.ClientAuthorities is { } authorities)
        {
            settings.ClientCertificateRequired = true;
            settings.CertificateChainPolicy = TlsMaterial.Policy(authorities);
            settings.RemoteCertificateValidationCallback = static (_, certificate, _, errors) =>
                certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
        }

        return settings;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No TLS with {Remote}, {Outcome}: {Reason}")]
    private partial void LogHandshakeFailed(EndPoint? remote, TlsOutcome outcome, string reason);
}
