using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.Storage.Records;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Tests.Cluster;

/// <summary>A silo over records that outlive it. A crash drops the runtime and keeps the records.</summary>
public sealed class GrainCluster : IAsyncDisposable
{
    private readonly Action<MailboxOptions>? _configure;
    private InProcessTestCluster _cluster;

    private GrainCluster(Action<MailboxOptions>? configure)
    {
        _configure = configure;
        _cluster = Build();
    }

    public MemoryRecords Records { get; } = new();

    public ManualClock Clock { get; } = new();

    /// <summary>The services of the silo that runs now.</summary>
    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    public static async Task<GrainCluster> StartAsync(Action<MailboxOptions>? configure = null)
    {
        var cluster = new GrainCluster(configure);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public IUserMailbox Mailbox(string aor = "sip:alice@localhost") =>
        _cluster.Client.GetGrain<IUserMailbox>(MailboxKey.FromAor(aor).Value);

    public IServiceSettings Settings(string aor = "sip:alice@localhost") =>
        _cluster.Client.GetGrain<IServiceSettings>(MailboxKey.FromAor(aor).Value);

    /// <summary>
    /// Ends the silo without a word to anybody, and starts another with a client of its own: the old client would look for the
    /// old gateway for up to a minute.
    /// </summary>
    public async Task CrashAsync()
    {
        await _cluster.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
        _cluster = Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddKeyedSingleton<TimeProvider>(GrainClock.ServiceKey, Clock);
            host.Services.AddKeyedSingleton<IGrainStorage>(
                RecordStore.StorageName,
                (provider, _) => Records.Open(provider.GetRequiredService<RecordSerializer>()));
            host.Services.AddPosteRestanteGrains();
            host.Services.Configure<MailboxOptions>(options => _configure?.Invoke(options));
        });
        return builder.Build();
    }
}
