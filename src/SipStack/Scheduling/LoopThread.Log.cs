using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Scheduling;

public sealed partial class LoopThread
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An entry of the event loop failed; the loop goes on.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
