using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Records;
using PosteRestante.Grains.Settings;
using PosteRestante.Grains.Telemetry;
using PosteRestante.Storage.Hosting;

namespace PosteRestante.Grains;

/// <summary>Registers what the grains need.</summary>
public static class GrainServices
{
    /// <summary>
    /// Adds the services of the grains, over the record store that the host registers beside them. The key secret is loaded
    /// while the host is starting, before any of its services starts.
    /// </summary>
    public static IServiceCollection AddPosteRestanteGrains(this IServiceCollection services)
    {
        services.AddOptions<MailboxOptions>()
            .BindConfiguration(MailboxOptions.SectionName, static binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton(
            GrainClock.ServiceKey, static (provider, _) => provider.GetRequiredService<TimeProvider>());
        services.TryAddSingleton(static _ => RandomNumberGenerator.Create());
        services.AddRecordCodec<MailboxHead, MailboxHeadCodec>();
        services.AddRecordCodec<IndexPage, IndexPageCodec>();
        services.AddRecordCodec<MessageRecord, MessageRecordCodec>();
        services.AddRecordCodec<KeySecretRecord, KeySecretRecordCodec>();
        services.AddRecordCodec<SettingsRecord, SettingsRecordCodec>();
        services.AddRecordSerializer();
        services.AddRecordStore();
        services.TryAddSingleton<StoredRecords>();
        services.TryAddSingleton<IMailboxRecords>(static provider => provider.GetRequiredService<StoredRecords>());
        services.TryAddSingleton<IMessageRecords>(static provider => provider.GetRequiredService<StoredRecords>());
        services.TryAddSingleton<ISettingsRecords>(static provider => provider.GetRequiredService<StoredRecords>());
        services.TryAddSingleton<KeySecrets>();
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<KeySecrets>());
        services.TryAddSingleton(static provider => provider.GetRequiredService<KeySecrets>().Secret);
        services.TryAddSingleton<GrainInstruments>();
        services.TryAddSingleton<MessageKeys>();
        services.TryAddSingleton<MailboxContext>();
        services.TryAddSingleton<MessageContext>();
        services.TryAddSingleton(static provider => new MailboxServices(provider.GetRequiredService<MailboxContext>()));
        services.TryAddSingleton(static provider => new MessageServices(provider.GetRequiredService<MessageContext>()));
        services.TryAddSingleton(static provider => new SettingsServices(provider.GetRequiredService<ISettingsRecords>()));
        return services;
    }
}
