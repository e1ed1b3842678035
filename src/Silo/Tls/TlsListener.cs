using Microsoft.AspNetCore.Connections;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.Silo.Tls;

/// <summary>Takes accepted connections through the TLS handshake and hands them on.</summary>
/// <param name="acceptor">Makes them secure.</param>
/// <param name="serve">What serves a secure connection until it ends.</param>
internal sealed class TlsListener(TlsAcceptor acceptor, ConnectionDelegate serve)
{
    /// <summary>Serves one connection.</summary>
    public async Task OnConnectedAsync(ConnectionContext plain)
    {
        if (await acceptor.AcceptAsync(plain) is { } secure)
        {
            await serve(secure);
            await secure.DisposeAsync();
        }
    }
}
