using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Handover;

public sealed partial class HandoverWriter
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The P-Asserted-Identity of message {MessageKey} is not handed over: its sender asked for privacy.")]
    private static partial void LogIdentityWithheld(ILogger logger, string messageKey);
}
