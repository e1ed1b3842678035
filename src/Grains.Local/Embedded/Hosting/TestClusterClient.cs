using Orleans.Runtime;

namespace Orleans.Embedded.Hosting;

/// <summary>The client of a test cluster: of whichever silo runs.</summary>
internal sealed class TestClusterClient(TestSilos silos) : IClusterClient
{
    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => silos.Runtime.Services;

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => silos.Runtime.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => silos.Runtime.GetGrain<TGrainInterface>(grainId);
}
