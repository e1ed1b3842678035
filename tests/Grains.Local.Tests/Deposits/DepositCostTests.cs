using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Embedded;
using Orleans.TestingHost;

namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>What the shape of a deposit costs: edge, mailbox, message, two writes.</summary>
[Collection(AloneCollection.Name)]
public sealed class DepositCostTests
{
    private const int Mailboxes = 10_000;
    private const int InFlight = 256;

    /// <summary>The bound is twice what design.md §2 asks for; the figure itself is printed.</summary>
    [Fact]
    public async Task Deposit_TwoGrainsTwoWrites_AllocatesLittle()
    {
        using var store = new TestStore();
        await using var cluster = await StartAsync(store);
        using var edge = new TestEdge();
        await DepositAsync(edge, cluster.Client, 60_000);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        const int Deposits = 200_000;
        var cpu = Environment.CpuUsage.TotalTime;
        var elapsed = await DepositAsync(edge, cluster.Client, Deposits);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Deposits;

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"grain_deposit_us={elapsed.TotalMicroseconds / Deposits:F2} grain_deposit_cpu_us={cpu.TotalMicroseconds / Deposits:F2} grain_deposit_bytes={bytes:F0}");
        bytes.ShouldBeLessThan(2_400);
    }

    private static async Task<InProcessTestCluster> StartAsync(TestStore store)
    {
        var cluster = new InProcessTestClusterBuilder()
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton(store);
                silo.Services.Configure<EmbeddedRuntimeOptions>(options => options.CopyArguments = false);
            })
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static Task<TimeSpan> DepositAsync(TestEdge edge, IGrainFactory grains, int deposits) => edge.InvokeAsync(async () =>
    {
        var content = ImmutableCollectionsMarshal.AsImmutableArray(new byte[800]);
        var start = TimeProvider.System.GetTimestamp();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => ClientAsync()));
        return TimeProvider.System.GetElapsedTime(start);

        async Task ClientAsync()
        {
            while (next < deposits)
            {
                var number = next++;
                var request = new DepositRequest { Key = Keys.Of(number), Content = content };
                await grains.GetGrain<ITestMailbox>(Keys.Of(number % Mailboxes)).DepositAsync(request);
            }
        }
    });
}
