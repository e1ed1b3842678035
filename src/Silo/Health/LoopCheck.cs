using Microsoft.Extensions.Diagnostics.HealthChecks;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.Silo.Health;

/// <summary>Healthy while the edge's loop takes its turns: when it hangs, only a restart helps.</summary>
internal sealed class LoopCheck(EventLoop loop, TimeProvider time) : IHealthCheck
{
    // Under overload a turn comes late but comes: a batch is bounded, and one of this length would be a fault.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(static state => ((TaskCompletionSource)state!).SetResult(), turn);
        try
        {
            await turn.Task.WaitAsync(LongestWait, time, cancellationToken);
            return HealthCheckResult.Healthy("turning");
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy("no turn for 5 s");
        }
    }
}
