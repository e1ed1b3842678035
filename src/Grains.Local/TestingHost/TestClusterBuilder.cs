using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>Builds a test cluster from configurator classes; the embedded runtime has exactly one silo.</summary>
public class TestClusterBuilder
{
    private readonly List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> _configure = [];

    /// <summary>A cluster of one silo.</summary>
    public TestClusterBuilder()
        : this(1)
    {
    }

    /// <param name="initialSilosCount">How many silos; one.</param>
    public TestClusterBuilder(short initialSilosCount) => ArgumentOutOfRangeException.ThrowIfNotEqual(initialSilosCount, (short)1);

    /// <summary>Adds a configurator; a new one is made for each silo.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        _configure.Add(static (_, host) => host.UseOrleans(static silo => ((ISiloConfigurator)new T()).Configure(silo)));
        return this;
    }

    /// <summary>The cluster, not started yet.</summary>
    public TestCluster Build() => new([.. _configure]);
}
