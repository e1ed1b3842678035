using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Deposit;

public sealed partial class DepositHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A mailbox did not take a message; its sender gets 503 and may repeat.")]
    private partial void LogDepositFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A deposit could not be answered; its sender repeats and is answered then.")]
    private partial void LogAnswerFailed(Exception failure);
}
