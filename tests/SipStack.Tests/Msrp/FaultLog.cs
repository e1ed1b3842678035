using Microsoft.Extensions.Logging;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Keeps what is logged as an error.</summary>
internal sealed class FaultLog : ILogger<MsrpEndpoint>
{
    public List<string> Errors { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Errors.Add($"{formatter(state, exception)} {exception}");
        }
    }
}
