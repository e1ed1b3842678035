using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Files;
using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Records;
using PosteRestante.Storage.Serialization;
using PosteRestante.Storage.Sqlite;
using PosteRestante.Storage.Telemetry;

namespace PosteRestante.Storage.Hosting;

/// <summary>Registers the storage.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Keeps records in the embedded store: the <see cref="RecordStore"/>, and the provider behind it as the keyed
    /// service <see cref="RecordStore.StorageName"/>. The store opens when it is first asked for, and is closed
    /// with the container.
    /// </summary>
    public static IServiceCollection AddSqliteRecords(this IServiceCollection services)
    {
        services.AddOptions<SqliteStoreOptions>()
            .BindConfiguration(SqliteStoreOptions.SectionName, static binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StorageInstruments>();
        services.TryAddSingleton(static provider => SqliteStore.Open(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteStore>>(),
            provider.GetService<IDurabilityObserver>(),
            provider.GetRequiredService<StorageInstruments>()));
        services.AddRecordSerializer();
        services.TryAddKeyedSingleton<IGrainStorage>(
            RecordStore.StorageName,
            static (provider, _) => provider.GetRequiredService<SqliteStore>().CreateGrainStorage(provider.GetRequiredService<RecordSerializer>()));
        services.AddRecordStore();
        return services;
    }

    /// <summary>
    /// Keeps bodies as files, beside the records of <see cref="AddSqliteRecords"/>. The store opens when it is first asked for,
    /// and is closed with the container.
    /// </summary>
    public static IServiceCollection AddFileBodies(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => FileBodyStore.Open(
            provider.GetRequiredService<IOptions<SqliteStoreOptions>>().Value.Bodies,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FileBodyStore>>()));
        services.TryAddSingleton<IBodyStore>(static provider => provider.GetRequiredService<FileBodyStore>());
        return services;
    }

    /// <summary>The record store over whatever provider is registered as <see cref="RecordStore.StorageName"/>.</summary>
    public static IServiceCollection AddRecordStore(this IServiceCollection services)
    {
        services.TryAddSingleton(static provider =>
            new RecordStore(provider.GetRequiredKeyedService<IGrainStorage>(RecordStore.StorageName)));
        return services;
    }

    /// <summary>The serializer of records, with every codec that is registered.</summary>
    public static IServiceCollection AddRecordSerializer(this IServiceCollection services)
    {
        services.TryAddSingleton<RecordSerializer>();
        services.TryAddSingleton<IGrainStorageSerializer>(static provider => provider.GetRequiredService<RecordSerializer>());
        return services;
    }

    /// <summary>Registers the codec of a record.</summary>
    public static IServiceCollection AddRecordCodec<T, TCodec>(this IServiceCollection services)
        where TCodec : IRecordCodec<T>, new() =>
        services.AddSingleton(RecordCodecRegistration.Of(new TCodec()));
}
