using Orleans.Embedded.Hosting;
using Orleans.Hosting;

#pragma warning disable IDE0130 // Orleans' own namespace for it.
namespace Microsoft.Extensions.Hosting;

/// <summary>Starts grains in a host.</summary>
public static class OrleansSiloGenericHostExtensions
{
    /// <summary>Adds the grain runtime to the host.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(new SiloBuilder(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Adds the grain runtime to the host.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) =>
        hostAppBuilder.UseOrleans(static _ => { });
}
