using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Timers;

public sealed class GrainTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Timer_Due_TicksInATurnAndAgainAfterItsPeriod()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        cluster.Gates.Open("a tick");
        await cluster.Probe("a").TickAsync(Second, 10 * Second, interleave: false, keepAlive: false);

        cluster.Clock.Advance(2 * Second);
        await cluster.Journal.Seen("a tick over");
        await cluster.Probe("a").CountAsync();
        cluster.Clock.Advance(9 * Second);
        await cluster.Probe("a").CountAsync();
        cluster.Journal.Count("a ticked, 0 running, in turn").ShouldBe(1);
        cluster.Clock.Advance(2 * Second);

        await cluster.Journal.Seen("a ticked, 0 running, in turn", times: 2);
    }

    [Fact]
    public async Task Timer_WhoseTickIsNotOver_DoesNotTickAgain()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").TickAsync(Second, Second, interleave: true, keepAlive: false);

        cluster.Clock.Advance(2 * Second);
        await cluster.Journal.Seen("a ticked, 0 running, in turn");
        cluster.Clock.Advance(20 * Second);
        (await cluster.Probe("a").CountAsync()).ShouldBe(1);

        cluster.Journal.Count("a ticked, 0 running, in turn").ShouldBe(1);
    }

    [Fact]
    public async Task Timer_ThatDoesNotInterleave_WaitsForTheRunningRequest()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        cluster.Gates.Open("a tick");
        await cluster.Probe("a").TickAsync(Second, Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        cluster.Clock.Advance(2 * Second);
        (await cluster.Probe("a").PeekAsync()).ShouldBe(1);
        cluster.Gates.Open("1");
        await held;

        await cluster.Journal.Seen("a ticked, 0 running, in turn");
    }

    [Fact]
    public async Task Timer_ThatInterleaves_TicksBesideTheRunningRequest()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        cluster.Gates.Open("a tick");
        await cluster.Probe("a").TickAsync(Second, Timeout.InfiniteTimeSpan, interleave: true, keepAlive: false);
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        cluster.Clock.Advance(2 * Second);

        await cluster.Journal.Seen("a ticked, 1 running, in turn");
        cluster.Gates.Open("1");
        await held;
    }

    [Fact]
    public async Task Timer_Disposed_TicksNoMore()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").TickAsync(Second, Second, interleave: false, keepAlive: false);
        await cluster.Probe("a").StopTicksAsync();

        cluster.Clock.Advance(5 * Second);
        await cluster.Probe("a").CountAsync();

        cluster.Journal.Entries.ShouldBe(["a activated"]);
    }

    [Fact]
    public async Task Timer_OfAnActivationThatEnded_TicksNoMore()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").TickAsync(Second, Second, interleave: false, keepAlive: false);
        await cluster.Probe("a").EndAsync();
        await cluster.Journal.Seen("a deactivated ApplicationRequested");

        cluster.Clock.Advance(5 * Second);
        await cluster.Probe("a").CountAsync();

        cluster.Journal.Entries.ShouldBe(["a activated", "a deactivated ApplicationRequested", "a activated"]);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Timer_Ticking_KeepsItsActivationOnlyWhenAsked(bool keepAlive, int collected)
    {
        await using var cluster = await ProbeCluster.StartAsync();
        cluster.Gates.Open("a tick");
        await cluster.Probe("a").TickAsync(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), interleave: false, keepAlive);
        for (var minute = 0; minute < 25; minute++)
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
            await cluster.Probe("clock").EchoAsync(1);
        }

        cluster.Journal.Count("a deactivated ActivationIdle").ShouldBe(collected);
    }
}
