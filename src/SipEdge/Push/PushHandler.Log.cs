using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Push;

public sealed partial class PushHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A push failed; what was not confirmed is still waiting.")]
    private partial void LogPushFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A push ended: {Outcome}.")]
    private partial void LogPushed(PushOutcome outcome);
}
