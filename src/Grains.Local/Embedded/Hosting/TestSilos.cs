using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Embedded.Turns;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Orleans.Embedded.Hosting;

/// <summary>The one silo of a test cluster, and those that were there before it.</summary>
internal sealed class TestSilos(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>[] configure) : IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];

    public ReadOnlyCollection<InProcessSiloHandle> Active => new([.. _silos.Where(static silo => silo.IsActive)]);

    /// <summary>The runtime of the last silo, running or not.</summary>
    public EmbeddedRuntime Runtime { get; private set; } = null!;

    public async Task<InProcessSiloHandle> StartAsync()
    {
        if (Active.Count > 0)
        {
            throw new NotSupportedException("The embedded runtime has one silo; stop or kill it before another one starts.");
        }

        var options = new InProcessTestSiloSpecificOptions { SiloName = $"Silo{_silos.Count}" };
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = options.SiloName });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans();
        builder.Services.Configure<EmbeddedRuntimeOptions>(static options => options.CopyArguments = true);
        foreach (var apply in configure)
        {
            apply(options, builder);
        }

        var host = builder.Build();
        await host.StartAsync();
        var silo = new InProcessSiloHandle(options.SiloName, host);
        _silos.Add(silo);
        Runtime = host.Services.GetRequiredService<EmbeddedRuntime>();
        return silo;
    }

    public async Task<InProcessSiloHandle> RestartAsync(InProcessSiloHandle silo)
    {
        await silo.StopSiloAsync(stopGracefully: true);
        return await StartAsync();
    }

    public async Task StopAsync()
    {
        foreach (var silo in Active)
        {
            await silo.StopSiloAsync(stopGracefully: true);
        }
    }

    public Task DeactivateAsync(GrainId grainId)
    {
        var shard = Runtime.ShardOf(grainId.Key);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shard.Enqueue(Turn.Internal(_ => shard.EndAsked(grainId, ended), null));
        return ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Active)
        {
            await silo.DisposeAsync();
        }
    }
}
