using Microsoft.Extensions.Logging;
using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded;

// Keys of grains are addresses of people: only types are named.
internal sealed partial class EmbeddedRuntime
{
    public void LogOneWayFailed(Exception error, GrainCall call) => OneWayFailed(_logger, error, call.Class.GrainType, call.Method);

    public void LogDeactivationFailed(Exception error, GrainType grainType) => DeactivationFailed(_logger, error, grainType);

    public void LogTickFailed(Exception error, GrainType grainType) => TickFailed(_logger, error, grainType);

    public void LogTurnFailed(Exception error, GrainType grainType) => TurnFailed(_logger, error, grainType);

    public void LogReminderOfUnknownGrain(GrainType grainType, string reminder) => ReminderOfUnknownGrain(_logger, grainType, reminder);

    private void LogStopCutShort() => StopCutShort(_logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call without a waiting caller failed: {GrainType}.{Method}.")]
    private static partial void OneWayFailed(ILogger logger, Exception error, GrainType grainType, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "OnDeactivateAsync of a {GrainType} failed.")]
    private static partial void DeactivationFailed(ILogger logger, Exception error, GrainType grainType);

    [LoggerMessage(Level = LogLevel.Error, Message = "A timer of a {GrainType} failed; it goes on ticking.")]
    private static partial void TickFailed(ILogger logger, Exception error, GrainType grainType);

    [LoggerMessage(Level = LogLevel.Error, Message = "Code of a {GrainType} failed that nothing awaits.")]
    private static partial void TurnFailed(ILogger logger, Exception error, GrainType grainType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reminder {Reminder} is for a {GrainType}, which no class serves; it does not tick.")]
    private static partial void ReminderOfUnknownGrain(ILogger logger, GrainType grainType, string reminder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Grains did not end in time; the runtime stops without them.")]
    private static partial void StopCutShort(ILogger logger);
}
