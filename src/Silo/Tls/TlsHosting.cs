using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Networking;

namespace PosteRestante.Silo.Tls;

/// <summary>Puts TLS together: files, listeners, connections to peers.</summary>
internal static class TlsHosting
{
    /// <summary>Adds it; without files it connects only, and trusts whom the system trusts.</summary>
    public static void AddTls(this IServiceCollection services)
    {
        services.AddSingleton<TlsMaterialFiles>();
        services.AddSingleton<ITlsMaterialSource>(provider => provider.GetRequiredService<TlsMaterialFiles>());
        services.AddHostedService(provider => provider.GetRequiredService<TlsMaterialFiles>());
        services.AddSingleton(provider => new TlsInstruments(provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));
        services.AddSingleton<SocketConnector>();
        services.AddSingleton<TlsConnector>(provider => ActivatorUtilities.CreateInstance<TlsConnector>(
            provider, provider.GetRequiredService<SocketConnector>()));
        services.AddSingleton<IConnectionFactory>(provider => provider.GetRequiredService<TlsConnector>());
        services.AddSingleton(provider => new TlsNames(
            provider.GetRequiredService<TlsConnector>(), NamesOf(provider.GetRequiredService<IOptions<RoutingOptions>>().Value)));
    }

    /// <summary>Makes what takes the connections of one listener through the handshake.</summary>
    public static TlsListener SecureListener(this IServiceProvider provider, ConnectionHandler handler, bool asksClients)
    {
        var options = provider.GetRequiredService<IOptions<TlsOptions>>().Value;
        var bounds = new TlsHandshakeOptions(options.HandshakeTimeout, options.MaxHandshakes, options.MaxHandshakesPerPeer);
        return new TlsListener(ActivatorUtilities.CreateInstance<TlsAcceptor>(provider, bounds, asksClients), handler.OnConnectedAsync);
    }

    private static Dictionary<IPEndPoint, string> NamesOf(RoutingOptions routing) =>
        routing.NextHopName.Length > 0 && NextHop.TryParse(routing.NextHop, out var nextHop)
            ? new() { [nextHop.EndPoint] = routing.NextHopName }
            : [];
}
