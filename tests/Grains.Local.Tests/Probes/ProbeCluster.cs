using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Embedded;
using Orleans.Embedded.Simulation;
using Orleans.Embedded.Turns;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>A silo with probes, its journal, its gates and a clock that stands still.</summary>
public sealed class ProbeCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private ProbeCluster(Action<ISiloBuilder>? configure) => _cluster = new InProcessTestClusterBuilder()
        .ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(Journal);
            silo.Services.AddSingleton(Gates);
            silo.Services.AddSingleton<TimeProvider>(Clock);
            configure?.Invoke(silo);
        })
        .Build();

    public Journal Journal { get; } = new();

    public Gates Gates { get; } = new();

    public VirtualClock Clock { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Cluster => _cluster;

    public static async Task<ProbeCluster> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var cluster = new ProbeCluster(configure);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public IProbe Probe(string key) => Grains.GetGrain<IProbe>(key);

    /// <summary>How many activations there are, asked in a turn of each shard.</summary>
    public async Task<int> ActivationsAsync()
    {
        var runtime = _cluster.Silos[0].ServiceProvider.GetRequiredService<EmbeddedRuntime>();
        var counts = await Task.WhenAll(runtime.Shards.Select(static shard =>
        {
            var count = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            shard.Enqueue(Turn.Internal(_ => count.SetResult(shard.Activations), null));
            return count.Task;
        }));
        return counts.Sum();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
