using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

/// <summary>The client of the same process.</summary>
internal sealed class EmbeddedClient(EmbeddedRuntime runtime, IServiceProvider services) : IClusterClient
{
    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => services;

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => runtime.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => runtime.GetGrain<TGrainInterface>(grainId);
}
