using Orleans.Embedded.Calls;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

/// <summary>A call cycle is a deadlock under Orleans, found after 30 seconds; here it fails at once and says where.</summary>
public sealed class CallChainTests
{
    [Fact]
    public async Task Chain_WithoutCycle_Passes()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        (await cluster.Probe("a").CallAsync("b>c>d")).ShouldBe("a>b>c>d");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b>a")]
    [InlineData("b>c>b")]
    [InlineData("b>c>d>a")]
    public async Task Chain_ThatComesBack_Fails(string path)
    {
        await using var cluster = await ProbeCluster.StartAsync();

        var cycle = await Should.ThrowAsync<CallCycleException>(cluster.Probe("a").CallAsync(path).AsTask());

        cycle.Message.ShouldContain("probe.CallAsync > probe.CallAsync");
        (await cluster.Probe("a").EchoAsync(1)).ShouldBe(1);
    }

    [Fact]
    public async Task Chains_ThatCross_AreNoCycle()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        for (var round = 0; round < 100; round++)
        {
            (await cluster.Probe("a").CallAsync("c")).ShouldBe("a>c");
            (await cluster.Probe("b").CallAsync("c>a")).ShouldBe("b>c>a");
        }
    }

    [Fact]
    public async Task TimerThatInterleaves_CalledBack_IsNoCycle()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").TickAndCallAsync("b>a", interleave: true);

        cluster.Clock.Advance(TimeSpan.FromSeconds(2));

        await cluster.Journal.Seen("a reached a>b>a");
    }

    [Fact]
    public async Task TimerThatBlocks_CalledBack_IsACycle()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        await cluster.Probe("a").TickAndCallAsync("b>a", interleave: false);

        cluster.Clock.Advance(TimeSpan.FromSeconds(2));

        await cluster.Journal.Seen($"a failed with {nameof(CallCycleException)}");
    }
}
