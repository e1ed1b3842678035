using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Retrieval;

public sealed partial class RetrievalHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A retrieval failed; what was not confirmed is still waiting.")]
    private partial void LogRetrievalFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A retrieval ended: {Delivered} of {Count} messages confirmed.")]
    private partial void LogRetrieved(int delivered, int count);
}
