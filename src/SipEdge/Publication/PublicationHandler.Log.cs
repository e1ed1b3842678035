using Microsoft.Extensions.Logging;

namespace PosteRestante.SipEdge.Publication;

public sealed partial class PublicationHandler
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Service settings could not be kept; the client was told to try again.")]
    private partial void LogPublicationFailed(Exception failure);
}
