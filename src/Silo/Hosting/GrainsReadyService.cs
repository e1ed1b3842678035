using PosteRestante.Silo.Health;

namespace PosteRestante.Silo.Hosting;

/// <summary>Stands after the grain runtime in the order of the start, and so before it in that of the stop.</summary>
internal sealed class GrainsReadyService(Readiness readiness) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        readiness[Part.Grains] = PartState.Open;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        readiness[Part.Grains] = PartState.Closed;
        return Task.CompletedTask;
    }
}
