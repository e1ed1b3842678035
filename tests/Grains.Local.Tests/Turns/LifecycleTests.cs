using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

public sealed class LifecycleTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Grain_WhileItActivates_LetsCallsWait()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var call = cluster.Probe("slow").EchoAsync(3).AsTask();
        await cluster.Journal.Seen("slow activated");
        (await cluster.Probe("b").EchoAsync(1)).ShouldBe(1);
        call.IsCompleted.ShouldBeFalse();

        cluster.Gates.Open("activate");

        (await call).ShouldBe(3);
    }

    [Fact]
    public async Task Grain_ThatDeactivatesOnIdle_EndsAfterItsRequestsAndTheNextCallFindsANewOne()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        (await cluster.Probe("a").CountAsync()).ShouldBe(1);
        (await cluster.Probe("a").CountAsync()).ShouldBe(2);

        var end = cluster.Probe("a").EndAsync().AsTask();
        var next = cluster.Probe("a").CountAsync().AsTask();
        await end;

        (await next).ShouldBe(1);
        cluster.Journal.Entries.ShouldBe(["a activated", "a deactivated ApplicationRequested", "a activated"]);
    }

    [Fact]
    public async Task Grain_IdleForTheCollectionAge_IsCollected_AndOneInUseIsNot()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("idle").CountAsync();
        await cluster.Probe("used").CountAsync();

        cluster.Clock.Advance(Age / 2);
        (await cluster.Probe("used").CountAsync()).ShouldBe(2);
        cluster.Clock.Advance((Age / 2) + TimeSpan.FromMinutes(2));
        await cluster.Journal.Seen("idle deactivated ActivationIdle");

        (await cluster.Probe("used").CountAsync()).ShouldBe(3);
        (await cluster.Probe("idle").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Grain_ThatDelaysDeactivation_IsCollectedLater()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").StayAsync(TimeSpan.FromMinutes(40));
        await cluster.Probe("b").CountAsync();

        cluster.Clock.Advance(Age + TimeSpan.FromMinutes(2));
        await cluster.Journal.Seen("b deactivated ActivationIdle");
        cluster.Journal.Count("a deactivated ActivationIdle").ShouldBe(0);
        cluster.Clock.Advance(TimeSpan.FromMinutes(45));

        await cluster.Journal.Seen("a deactivated ActivationIdle");
    }

    [Fact]
    public async Task Grain_Running_IsNotCollected()
    {
        await using var cluster = await ProbeCluster.StartAsync(static silo =>
            silo.Services.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromDays(1)));
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        cluster.Clock.Advance(Age * 3);
        (await cluster.Probe("b").EchoAsync(1)).ShouldBe(1);
        cluster.Gates.Open("1");
        await held;

        cluster.Journal.Count("a deactivated ActivationIdle").ShouldBe(0);
    }

    [Fact]
    public async Task Grain_CollectedAndEnded_LeavesNothingBehind()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        for (var number = 0; number < 200; number++)
        {
            await cluster.Probe($"{number}").EndAsync();
        }

        (await cluster.ActivationsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task DeactivateAsync_OfTheTestCluster_WaitsForTheEnd()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").CountAsync();

        await cluster.Cluster.DeactivateAsync(cluster.Probe("a"));

        cluster.Journal.Count("a deactivated RuntimeRequested").ShouldBe(1);
    }

    [Fact]
    public void Grain_MadeWithNew_IsRefused() =>
        Should.Throw<InvalidOperationException>(static () => new ProbeGrain(new Journal(), new Gates())).Message.ShouldContain("IGrainFactory");

    [Fact]
    public async Task Reference_KnowsItsGrain()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var probe = cluster.Probe("käy");

        probe.GetPrimaryKeyString().ShouldBe("käy");
        probe.GetGrainId().ToString().ShouldBe("probe/käy");
        (await cluster.Grains.GetGrain<IProbe>(probe.GetGrainId()).EchoAsync(5)).ShouldBe(5);
        probe.AsReference<IProbe>().ShouldBe(probe);
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<IReentrantProbe>(probe.GetGrainId()));
    }
}
