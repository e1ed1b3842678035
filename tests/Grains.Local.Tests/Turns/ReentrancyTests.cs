using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

public sealed class ReentrancyTests
{
    [Fact]
    public async Task PlainGrain_SecondRequest_WaitsForTheFirst()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var first = cluster.Probe("a").HoldAsync("1").AsTask();
        var second = cluster.Probe("a").HoldAsync("2").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        cluster.Gates.Open("2");
        cluster.Gates.Open("1");
        await Task.WhenAll(first, second);

        cluster.Journal.Entries.ShouldBe(["a activated", "a holds 1, 1 at once", "a held 1", "a holds 2, 1 at once", "a held 2"]);
    }

    [Fact]
    public async Task ReentrantGrain_SecondRequest_Interleaves()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IReentrantProbe>("a");
        var first = grain.HoldAsync("1").AsTask();
        var second = grain.HoldAsync("2").AsTask();
        await cluster.Journal.Seen("a holds 2, 2 at once");

        cluster.Gates.Open("2");
        await second;
        first.IsCompleted.ShouldBeFalse();
        cluster.Gates.Open("1");
        await first;
    }

    [Fact]
    public async Task AlwaysInterleave_WhileAnotherRequestRuns_RunsAtOnce()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        var waiting = cluster.Probe("a").EchoAsync(1).AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        (await cluster.Probe("a").PeekAsync()).ShouldBe(1);

        waiting.IsCompleted.ShouldBeFalse();
        cluster.Gates.Open("1");
        await Task.WhenAll(held, waiting);
    }

    [Fact]
    public async Task ReadOnly_BesideReaders_Interleaves_AndBesideWriters_Waits()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var readers = new[] { cluster.Probe("a").ReadAsync("1").AsTask(), cluster.Probe("a").ReadAsync("1").AsTask() };
        await cluster.Journal.Seen("a holds 1, 2 at once");

        var writer = cluster.Probe("a").HoldAsync("2").AsTask();
        var late = cluster.Probe("a").ReadAsync("3").AsTask();
        (await cluster.Probe("a").PeekAsync()).ShouldBe(2);
        cluster.Gates.Open("1");
        await Task.WhenAll(readers);
        await cluster.Journal.Seen("a holds 2, 1 at once");
        (await cluster.Probe("a").PeekAsync()).ShouldBe(1);
        cluster.Gates.Open("3");
        cluster.Gates.Open("2");
        await Task.WhenAll(writer, late);

        cluster.Journal.Entries[^1].ShouldBe("a held 3");
    }

    [Fact]
    public async Task PlainGrain_ThousandRequestsAtOnce_RunOneByOneWithoutDeepStacks()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");
        var counts = Enumerable.Range(0, 4_000).Select(_ => cluster.Probe("a").CountAsync().AsTask()).ToArray();

        cluster.Gates.Open("1");
        await held;

        (await Task.WhenAll(counts)).ShouldBe(Enumerable.Range(1, 4_000));
    }
}
