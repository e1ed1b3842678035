using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Delivery;

internal sealed partial class MessageDelivery
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The stored body of message {MessageKey} is missing or damaged, and the message cannot be handed over.")]
    private partial void LogBodyLost(string messageKey);

    [LoggerMessage(Level = LogLevel.Error, Message = "A delivery failed and ends; what was not confirmed is still waiting.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery ends early: the mailbox did not give its next page. The rest is still waiting.")]
    private partial void LogCutShort();
}
