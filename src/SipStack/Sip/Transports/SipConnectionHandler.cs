using Microsoft.AspNetCore.Connections;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// Hands Kestrel's connections to a stream transport:
/// <c>kestrel.Listen(endPoint, listen => listen.Run(transport.ServeAsync))</c>.
/// </summary>
public sealed class SipConnectionHandler(StreamTransport transport) : ConnectionHandler
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection) => transport.ServeAsync(connection);
}
