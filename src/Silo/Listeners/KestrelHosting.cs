using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using PosteRestante.Silo.Tls;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.Silo.Listeners;

/// <summary>One Kestrel for every TCP listener: HTTP, SIP and MSRP.</summary>
internal static class KestrelHosting
{
    /// <summary>Adds the server on the sockets that are bound already.</summary>
    public static void AddListeners(this WebApplicationBuilder builder, ListenerSockets sockets)
    {
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(NetworkBlocks.OfProcess);
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = sockets.TakeTcp);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(sockets.Http, http => http.Protocols = HttpProtocols.Http1);
            kestrel.Listen(sockets.Sip, sip => sip.UseConnectionHandler<SipStreamListener>());
            kestrel.Listen(sockets.Msrp, msrp => msrp.UseConnectionHandler<MsrpConnectionHandler>());
            if (sockets is { Sips: { } sips, Msrps: { } msrps })
            {
                kestrel.Listen(sips, listen => listen.Run(Secure<SipsStreamListener>(listen, asksClients: true).OnConnectedAsync));
                kestrel.Listen(msrps, listen => listen.Run(Secure<MsrpConnectionHandler>(listen, asksClients: false).OnConnectedAsync));
            }
        });
    }

    private static TlsListener Secure<THandler>(ListenOptions listen, bool asksClients)
        where THandler : ConnectionHandler =>
        listen.ApplicationServices.SecureListener(ActivatorUtilities.GetServiceOrCreateInstance<THandler>(listen.ApplicationServices), asksClients);
}
