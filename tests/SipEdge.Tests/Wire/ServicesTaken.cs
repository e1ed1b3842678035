using Microsoft.Extensions.Hosting;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Hands the service's own services to a test.</summary>
internal sealed class ServicesTaken(IServiceProvider services, Action<IServiceProvider> take) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        take(services);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
