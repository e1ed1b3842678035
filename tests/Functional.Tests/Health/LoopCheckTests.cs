using Microsoft.Extensions.Diagnostics.HealthChecks;
using PosteRestante.Silo.Health;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.Functional.Tests.Health;

/// <summary>A loop that takes no turn is the one thing for which a restart is asked.</summary>
public sealed class LoopCheckTests
{
    private readonly SimulatedLoop _loop = new();
    private readonly SimulatedLoop _time = new();

    [Fact]
    public async Task Loop_TakesNoTurnForFiveSeconds_IsUnhealthy()
    {
        var asked = CheckAsync();

        _time.Advance(TimeSpan.FromSeconds(4.9));
        asked.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));

        var found = await asked;
        (found.Status, found.Description).ShouldBe((HealthStatus.Unhealthy, "no turn for 5 s"));
    }

    [Fact]
    public async Task Loop_TakesItsTurnLate_IsHealthy()
    {
        var asked = CheckAsync();

        _time.Advance(TimeSpan.FromSeconds(4.9));
        _loop.RunUntilIdle();

        var found = await asked;
        (found.Status, found.Description).ShouldBe((HealthStatus.Healthy, "turning"));
    }

    private Task<HealthCheckResult> CheckAsync() => new LoopCheck(_loop, _time.Time).CheckHealthAsync(new HealthCheckContext());
}
