using System.Net;
using Microsoft.AspNetCore.Connections;

namespace PosteRestante.SipStack.Networking;

/// <summary>Connects to addresses with TLS always, as a SIP transport over TLS does, and knows the name that each must carry.</summary>
/// <param name="connector">Connects.</param>
/// <param name="names">The names of peers that have one; the others are asked for their address.</param>
public sealed class TlsNames(TlsConnector connector, IReadOnlyDictionary<IPEndPoint, string> names) : IConnectionFactory
{
    /// <inheritdoc/>
    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var address = (IPEndPoint)endpoint;
        return connector.ConnectAsync(new TlsEndPoint(address, names.GetValueOrDefault(address) ?? address.Address.ToString()), cancellationToken);
    }
}
