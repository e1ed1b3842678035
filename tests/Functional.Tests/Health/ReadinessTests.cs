using Microsoft.Extensions.Diagnostics.HealthChecks;
using PosteRestante.Silo.Health;

namespace PosteRestante.Functional.Tests.Health;

/// <summary>Traffic is wanted while a part is open, and at no other time.</summary>
public sealed class ReadinessTests
{
    [Theory]
    [InlineData(PartState.Starting, HealthStatus.Unhealthy, "starting")]
    [InlineData(PartState.Open, HealthStatus.Healthy, "open")]
    [InlineData(PartState.Draining, HealthStatus.Unhealthy, "draining")]
    [InlineData(PartState.Closed, HealthStatus.Unhealthy, "closed")]
    public async Task Part_InEachState_IsReadyOnlyWhileOpen(PartState state, HealthStatus status, string word)
    {
        var readiness = new Readiness { [Part.Msrp] = state };

        var found = await new PartCheck(readiness, Part.Msrp).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        (found.Status, found.Description).ShouldBe((status, word));
        readiness[Part.Sip].ShouldBe(PartState.Starting, "each part has its own state");
    }
}
