using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;

namespace Orleans.TestingHost;

/// <summary>A silo in the test process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _active = true;

    internal InProcessSiloHandle(string name, IHost host)
        : base(name) => SiloHost = host;

    /// <summary>The host of the silo.</summary>
    public IHost SiloHost { get; init; }

    /// <summary>The services of the silo.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc/>
    public override bool IsActive => _active;

    /// <inheritdoc/>
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        if (!_active)
        {
            return;
        }

        _active = false;
        if (!stopGracefully)
        {
            ServiceProvider.GetRequiredService<EmbeddedRuntime>().Crash();
        }

        await SiloHost.StopAsync();
        SiloHost.Dispose();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: false);
        GC.SuppressFinalize(this);
    }
}
