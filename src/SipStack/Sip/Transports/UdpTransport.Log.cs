using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Sip.Transports;

public sealed partial class UdpTransport
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Sending over {Flow} failed: {Error}.")]
    private static partial void LogSendFailed(ILogger logger, SipFlow flow, SocketError error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Receiving a datagram failed: {Error}.")]
    private static partial void LogReceiveFailed(ILogger logger, SocketError error);
}
