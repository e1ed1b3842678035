using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using PosteRestante.SipStack.Networking;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipStack.Tests.Networking;

/// <summary>A server over TLS that a stack under test connects to: it says who it is, and what it is sent.</summary>
internal sealed class TlsPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    public TlsPeer(TestAuthority authority, params string[] names)
    {
        var (certificate, key) = authority.Issue(names);
        _listener.Start();
        _serving = ServeAsync(PemFiles.ReadCertificate(certificate, key));
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The first line it was sent.</summary>
    public Task<string> Received => _received.Task;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(SslStreamCertificateContext certificate)
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                await ServeAsync(connection, certificate);
            }
        }
        catch (Exception closed) when (closed is SocketException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(TcpClient connection, SslStreamCertificateContext certificate)
    {
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate });
            using var reader = new StreamReader(stream);
            if (await reader.ReadLineAsync() is { } line)
            {
                _received.TrySetResult(line);
            }
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // The peer went away.
        }
    }
}
