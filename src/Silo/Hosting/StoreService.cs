using PosteRestante.Silo.Health;
using PosteRestante.Storage.Bodies.Files;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Silo.Hosting;

/// <summary>
/// Opens the store before anything that writes, and closes it after all that has: closing finishes every accepted write
/// and syncs the tables.
/// </summary>
internal sealed class StoreService(IServiceProvider services, Readiness readiness) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<SqliteStore>();
        services.GetRequiredService<FileBodyStore>();
        readiness[Part.Store] = PartState.Open;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (readiness[Part.Store] != PartState.Open)
        {
            return; // it never opened
        }

        readiness[Part.Store] = PartState.Closed;
        await services.GetRequiredService<FileBodyStore>().DisposeAsync();
        await services.GetRequiredService<SqliteStore>().DisposeAsync();
    }
}
