using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Reminders;

namespace Orleans.Embedded.Hosting;

/// <summary>Starts and stops the runtime with its host.</summary>
internal sealed class EmbeddedSilo(EmbeddedRuntime runtime, ReminderService reminders) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Start();
        await reminders.StartAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
}
