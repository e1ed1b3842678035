using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.Silo.Health;

/// <summary>The probes: <c>/health/live</c>, restart when it fails; <c>/health/ready</c>, send traffic only while it holds.</summary>
internal static class HealthHosting
{
    private const string Live = "live";
    private const string Ready = "ready";

    /// <summary>Adds the checks behind the probes.</summary>
    public static void AddProbes(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        var checks = services.AddHealthChecks();
        checks.Add(new HealthCheckRegistration(
            "loop",
            provider => new LoopCheck(provider.GetRequiredService<EventLoop>(), provider.GetRequiredService<TimeProvider>()),
            HealthStatus.Unhealthy,
            [Live]));
        foreach (var part in Enum.GetValues<Part>())
        {
            checks.Add(new HealthCheckRegistration(
#pragma warning disable CA1308 // JSON names are in lower case.
                part.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
                provider => new PartCheck(provider.GetRequiredService<Readiness>(), part),
                HealthStatus.Unhealthy,
                [Ready]));
        }
    }

    /// <summary>Adds the endpoints.</summary>
    public static void MapProbes(this IEndpointRouteBuilder routes)
    {
        Map(routes, Live);
        Map(routes, Ready);
    }

    private static void Map(IEndpointRouteBuilder routes, string probe) =>
        routes.MapHealthChecks("/health/" + probe, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(probe),
            ResponseWriter = (context, report) => ProbeWriter.WriteAsync(context, report, probe),
        });
}
