using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Retrieval;

internal sealed partial class RetrievalDelivery
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The stored message {MessageKey} is no SIP message any more and cannot be handed over.")]
    private partial void LogUnreadable(string messageKey);
}
