using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PosteRestante.Silo.Health;

/// <summary>Writes what a probe found: <c>{"status":"ready","parts":{"store":"open", …}}</c>.</summary>
internal static class ProbeWriter
{
    /// <summary>Writes the answer of a probe.</summary>
    /// <param name="context">The request.</param>
    /// <param name="report">What the checks said.</param>
    /// <param name="good">The word for a good state; a bad one is "not" before it.</param>
    public static Task WriteAsync(HttpContext context, HealthReport report, string good)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(
            context.Response.Body,
            new
            {
                status = report.Status == HealthStatus.Healthy ? good : "not " + good,
                parts = report.Entries.ToDictionary(
                    entry => entry.Key,
                    entry => entry.Value.Description ?? string.Empty,
                    StringComparer.Ordinal),
            },
            cancellationToken: context.RequestAborted);
    }
}
