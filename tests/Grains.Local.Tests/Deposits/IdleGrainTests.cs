using Orleans.TestingHost;
using Microsoft.Extensions.DependencyInjection;

namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>What a grain that nobody uses holds in memory.</summary>
[Collection(AloneCollection.Name)]
public sealed class IdleGrainTests
{
    private const int Grains = 100_000;

    /// <summary>design.md §2 says about 220 bytes with its key beside; the figure itself is printed.</summary>
    [Fact]
    public async Task IdleGrain_HoldsLittle()
    {
        using var store = new TestStore();
        await using var cluster = new InProcessTestClusterBuilder().ConfigureSilo((_, silo) => silo.Services.AddSingleton(store)).Build();
        await cluster.DeployAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var wave in Enumerable.Range(0, Grains).Chunk(1_000))
        {
            await Task.WhenAll(wave.Select(number => cluster.Client.GetGrain<ITestMailbox>($"key-of-26-characters-{number:D5}").TouchAsync().AsTask()));
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Grains;
        TestContext.Current.TestOutputHelper!.WriteLine($"grain_idle_bytes={bytes:F0} (its key of 26 octets included: 56)");
        bytes.ShouldBeLessThan(400);
    }
}
