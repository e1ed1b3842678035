using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Embedded.Manifest;
using Orleans.Embedded.Reminders;
using Orleans.Timers;

namespace Orleans.Embedded.Hosting;

/// <summary>The services of the embedded runtime.</summary>
internal static class EmbeddedServices
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(EmbeddedRuntime)))
        {
            return;
        }

        services.AddLogging();
        services.AddOptions<EmbeddedRuntimeOptions>().BindConfiguration(EmbeddedRuntimeOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GrainCollectionOptions>();
        services.AddOptions<SiloMessagingOptions>();
        services.TryAddSingleton(static _ => ManifestDiscovery.Discover());
        services.AddSingleton(provider => new EmbeddedRuntime(provider, provider.GetRequiredService<GrainManifest>(), services));
        services.AddSingleton<IClusterClient, EmbeddedClient>();
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<EmbeddedRuntime>());
        services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
        services.AddSingleton<ReminderService>();
        services.AddSingleton<IReminderRegistry>(static provider => provider.GetRequiredService<ReminderService>());
        services.AddSingleton<IHostedService, EmbeddedSilo>();
    }
}
