using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PosteRestante.Silo.Telemetry;

/// <summary>
/// Exports metrics and traces over OTLP while the standard variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its
/// family) name a collector; without them nothing listens, and instruments cost next to nothing.
/// </summary>
internal sealed class TelemetryService : IHostedService, IDisposable
{
    private const string ServiceName = "poste-restante";
    private const string VariablePrefix = "OTEL_EXPORTER_OTLP_";

    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsWanted(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
        {
            _sdk = OpenTelemetrySdk.Create(Configure);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Flushes: this service starts first and stops last, so the last deposit's trace leaves too.
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _sdk?.Dispose();
        _sdk = null;
    }

    internal static bool IsWanted(IEnumerable<string> variables) =>
        variables.Any(name => name.StartsWith(VariablePrefix, StringComparison.Ordinal));

    private static void Configure(IOpenTelemetryBuilder builder) => builder
        .ConfigureResource(Describe)
        .WithTracing(tracing => tracing.AddSource(TelemetryNames.Areas).AddOtlpExporter())
        .WithMetrics(metrics => metrics.AddMeter([.. TelemetryNames.Areas, .. TelemetryNames.Optional, .. TelemetryNames.Platform]).AddOtlpExporter());

    // The variables OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, so that they win.
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService(ServiceName, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3))
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
