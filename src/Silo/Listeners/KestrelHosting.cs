using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Silo.Listeners;

/// <summary>One Kestrel for every TCP listener: HTTP, SIP and MSRP.</summary>
internal static class KestrelHosting
{
    /// <summary>Adds the server on the sockets that are bound already.</summary>
    public static void AddListeners(this WebApplicationBuilder builder, ListenerSockets sockets)
    {
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = sockets.TakeTcp);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(sockets.Http, http => http.Protocols = HttpProtocols.Http1);
            kestrel.Listen(sockets.Sip, sip => sip.UseConnectionHandler<SipStreamListener>());
            kestrel.Listen(sockets.Msrp, msrp => msrp.UseConnectionHandler<MsrpConnectionHandler>());
        });
    }
}
