using System.Collections.ObjectModel;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo in the test process: deployed, killed, started again over the same stores.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly TestSilos _silos;

    internal InProcessTestCluster(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>[] configure)
    {
        _silos = new TestSilos(configure);
        Client = new TestClusterClient(_silos);
    }

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.Active;

    /// <summary>The client; it stays the same when a silo is replaced.</summary>
    public IClusterClient Client { get; }

    /// <summary>Starts the silo.</summary>
    public Task DeployAsync() => _silos.StartAsync();

    /// <summary>Starts a silo where one was stopped or killed.</summary>
    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => _silos.StartAsync();

#pragma warning disable CA1822 // Orleans' shape.
    /// <summary>Stops a silo in good order.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => instance.StopSiloAsync(stopGracefully: true);

    /// <summary>Crashes a silo.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => instance.StopSiloAsync(stopGracefully: false);
#pragma warning restore CA1822

    /// <summary>Stops a silo in good order and starts it anew.</summary>
    public Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle instance) => _silos.RestartAsync(instance);

    /// <summary>Asks the activation of a grain to end, and waits for that.</summary>
    public Task DeactivateAsync(IAddressable grain) => _silos.DeactivateAsync(grain.GetGrainId());

    /// <summary>Stops the silo in good order.</summary>
    public Task StopAllSilosAsync() => _silos.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _silos.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _silos.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
