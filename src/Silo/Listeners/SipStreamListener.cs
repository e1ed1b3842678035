using Microsoft.AspNetCore.Connections;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Silo.Listeners;

/// <summary>
/// Hands accepted connections to a stream transport, which is made when the edge starts: the server asks for its handlers
/// before that, even of a service that never starts.
/// </summary>
internal class SipStreamListener : ConnectionHandler
{
    private volatile StreamTransport? _transport;

    /// <summary>From now on connections are served.</summary>
    public void Serve(StreamTransport transport) => _transport = transport;

    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        if (_transport is { } transport)
        {
            return transport.ServeAsync(connection);
        }

        connection.Abort();
        return Task.CompletedTask;
    }
}
