using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PosteRestante.Silo.Health;

/// <summary>Healthy while one part is open.</summary>
internal sealed class PartCheck(Readiness readiness, Part part) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = readiness[part];
        return Task.FromResult(state == PartState.Open ? HealthCheckResult.Healthy("open") : HealthCheckResult.Unhealthy(Name(state)));
    }

    private static string Name(PartState state) => state switch
    {
        PartState.Starting => "starting",
        PartState.Draining => "draining",
        _ => "closed",
    };
}
