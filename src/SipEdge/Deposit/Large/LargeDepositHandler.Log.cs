using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Deposit.Large;

public sealed partial class LargeDepositHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A session for large messages failed; what was acknowledged is stored.")]
    private partial void LogSessionFailed(Exception failure);
}
