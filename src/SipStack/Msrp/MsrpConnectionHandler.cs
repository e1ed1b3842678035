using Microsoft.AspNetCore.Connections;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// Hands Kestrel's connections to an endpoint:
/// <c>kestrel.Listen(endPoint, listen => listen.Run(new MsrpConnectionHandler(endpoint).OnConnectedAsync))</c>.
/// </summary>
public sealed class MsrpConnectionHandler(MsrpEndpoint endpoint) : ConnectionHandler
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection) => endpoint.ServeAsync(connection);
}
