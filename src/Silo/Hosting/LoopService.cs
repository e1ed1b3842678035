using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.Silo.Hosting;

/// <summary>Runs the edge's loop: it starts before the listeners and ends after all that runs on it has ended.</summary>
internal sealed class LoopService(LoopThread loop) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        loop.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => loop.StopAsync().WaitAsync(cancellationToken);
}
