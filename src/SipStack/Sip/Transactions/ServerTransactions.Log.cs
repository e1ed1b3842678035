using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Sip.Transactions;

internal sealed partial class ServerTransactions
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Handling a {Method} failed; it gets 500.")]
    private static partial void LogUserFailed(ILogger logger, string method, Exception fault);
}
