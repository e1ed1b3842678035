using Microsoft.Extensions.Options;
using Orleans;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Sweeping;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Silo.Hosting;

/// <summary>Sweeps bodies while the grains are there to be asked.</summary>
internal sealed class BodySweepService(
    IBodyStore bodies, IGrainFactory grains, IOptions<SqliteStoreOptions> options, TimeProvider time, ILogger<BodySweeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sweeper = new BodySweeper(bodies, new MailboxBodies(grains), options.Value.Bodies.Sweep, time, logger);
        await sweeper.RunAsync(stoppingToken);
    }
}
