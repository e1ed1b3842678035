using System.Net;
using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Sip.Transports;

public sealed partial class StreamTransport
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Connecting over {Transport} to {Remote} failed: {Reason}")]
    private static partial void LogConnectFailed(ILogger logger, SipTransportKind transport, IPEndPoint remote, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection of {Flow} was lost: {Reason}")]
    private static partial void LogConnectionLost(ILogger logger, SipFlow flow, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handling a message of {Flow} failed; the connection goes on.")]
    private static partial void LogHandlingFailed(ILogger logger, SipFlow flow, Exception fault);
}
