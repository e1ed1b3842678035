using System.Collections.ObjectModel;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo in the test process, as <see cref="InProcessTestCluster"/>.</summary>
public class TestCluster : IDisposable, IAsyncDisposable
{
    private readonly TestSilos _silos;

    internal TestCluster(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>[] configure)
    {
        _silos = new TestSilos(configure);
        Client = new TestClusterClient(_silos);
    }

    /// <summary>The silo that was deployed first.</summary>
    public SiloHandle Primary => _silos.Active[0];

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<SiloHandle> Silos => new([.. _silos.Active]);

    /// <summary>The client; it stays the same when a silo is replaced.</summary>
    public IClusterClient Client { get; }

    /// <summary>Makes references for tests.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>Starts the silo.</summary>
    public Task DeployAsync() => _silos.StartAsync();

    /// <summary>Starts a silo where one was stopped or killed.</summary>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) => await _silos.StartAsync();

#pragma warning disable CA1822 // Orleans' shape.
    /// <summary>Stops a silo in good order.</summary>
    public Task StopSiloAsync(SiloHandle instance) => instance.StopSiloAsync(stopGracefully: true);

    /// <summary>Crashes a silo.</summary>
    public Task KillSiloAsync(SiloHandle instance) => instance.StopSiloAsync(stopGracefully: false);
#pragma warning restore CA1822

    /// <summary>Asks the activation of a grain to end, and waits for that.</summary>
    public Task DeactivateAsync(IAddressable grain) => _silos.DeactivateAsync(grain.GetGrainId());

    /// <summary>Stops the silo in good order.</summary>
    public Task StopAllSilosAsync() => _silos.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _silos.DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }
}
