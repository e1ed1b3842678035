using System.Diagnostics;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

/// <summary>A trace goes with the call into the grain and from there into the next, and does not stay on the shard.</summary>
public sealed class ActivityTests
{
    [Fact]
    public async Task Activity_OfTheCaller_IsCurrentInTheGrainAndNotAfterIt()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        using var activity = new Activity("a deposit").Start();

        (await cluster.Probe("a").TraceAsync("b")).ShouldBe($"{activity.Id} {activity.Id} {activity.Id}");
        activity.Stop();

        (await cluster.Probe("a").TraceAsync("b")).ShouldBe("none none none");
    }
}
