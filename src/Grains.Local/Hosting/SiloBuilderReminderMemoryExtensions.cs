using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Embedded.Reminders;

namespace Orleans.Hosting;

/// <summary>Reminders for development and tests.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Keeps reminders in memory; they are gone with the process.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
        return builder;
    }
}
