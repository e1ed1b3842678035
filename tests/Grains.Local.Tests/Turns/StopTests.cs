using Orleans.Runtime;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_InGoodOrder_AnswersCallsAndEndsActivations()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("idle").CountAsync();
        var held = cluster.Probe("busy").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("busy holds 1, 1 at once");

        var stop = cluster.Cluster.StopAllSilosAsync();
        cluster.Gates.Open("1");
        await held;
        await stop;

        cluster.Journal.Count("idle deactivated ShuttingDown").ShouldBe(1);
        cluster.Journal.Count("busy deactivated ShuttingDown").ShouldBe(1);
        await Should.ThrowAsync<SiloUnavailableException>(cluster.Probe("late").EchoAsync(1).AsTask());
    }

    [Fact]
    public async Task Kill_FailsOpenCallsAndRunsNothingMore()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("idle").CountAsync();
        var held = cluster.Probe("busy").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("busy holds 1, 1 at once");

        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[0]);
        await Should.ThrowAsync<SiloUnavailableException>(held);
        cluster.Gates.Open("1");

        cluster.Journal.Entries.ShouldNotContain(static entry => entry.Contains("deactivated") || entry.Contains("held"));
        cluster.Cluster.Silos.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_AfterAKill_ServesTheSameClientWithNewActivations()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var probe = cluster.Probe("a");
        (await probe.CountAsync()).ShouldBe(1);

        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[0]);
        await cluster.Cluster.StartAdditionalSiloAsync();

        (await cluster.Probe("a").CountAsync()).ShouldBe(1);
    }
}
