using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Retrieval;

internal sealed partial class RetrievalDelivery
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The stored message {MessageKey} is no SIP message any more and cannot be handed over.")]
    private partial void LogUnreadable(string messageKey);

    [LoggerMessage(Level = LogLevel.Error, Message = "A delivery failed and ends; what was not confirmed is still waiting.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery ends early: the mailbox did not give its next page. The rest is still waiting.")]
    private partial void LogCutShort();
}
