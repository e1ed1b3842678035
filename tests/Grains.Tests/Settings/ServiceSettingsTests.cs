using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.Grains.Tests.Cluster;
using PosteRestante.TestKit;

namespace PosteRestante.Grains.Tests.Settings;

/// <summary>What is kept of publications, and when it is written.</summary>
public sealed class ServiceSettingsTests
{
    private static readonly PublishSettings On = new() { Change = SettingsChange.Set, IsActive = true };
    private static readonly PublishSettings Off = new() { Change = SettingsChange.Set };

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_OfTheSameValue_WritesNothing()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var first = await cluster.Settings().PublishAsync(On);
        var writes = cluster.Records.Writes;

        var again = await cluster.Settings().PublishAsync(On);
        var refresh = await cluster.Settings().PublishAsync(new PublishSettings { Version = first.Version });
        var modified = await cluster.Settings().PublishAsync(On with { Version = first.Version });

        first.ShouldBe(new SettingsPublished { Outcome = SettingsOutcome.Taken, Version = 1, IsActive = true });
        again.ShouldBe(first);
        refresh.ShouldBe(first);
        modified.ShouldBe(first);
        cluster.Records.Writes.ShouldBe(writes);
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_OfAnotherValue_MakesEarlierVersionsStaleAcrossARestart()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var on = await cluster.Settings().PublishAsync(On);
        var off = await cluster.Settings().PublishAsync(Off with { Version = on.Version });
        await cluster.CrashAsync();

        off.ShouldBe(new SettingsPublished { Outcome = SettingsOutcome.Taken, Version = 2 });
        (await cluster.Settings().PublishAsync(new PublishSettings { Version = on.Version })).Outcome.ShouldBe(SettingsOutcome.Stale);
        (await cluster.Settings().PublishAsync(On with { Version = on.Version })).Outcome.ShouldBe(SettingsOutcome.Stale);
        (await cluster.Settings().PublishAsync(new PublishSettings { Version = off.Version })).ShouldBe(off);
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Remove_LeavesNothingToRefreshOrRemove()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var on = await cluster.Settings().PublishAsync(On);
        var removal = new PublishSettings { Change = SettingsChange.Remove, Version = on.Version };

        (await cluster.Settings().PublishAsync(removal)).Outcome.ShouldBe(SettingsOutcome.Taken);

        (await cluster.Settings().PublishAsync(removal)).Outcome.ShouldBe(SettingsOutcome.Stale);
        (await cluster.Settings().PublishAsync(new PublishSettings { Version = on.Version })).Outcome.ShouldBe(SettingsOutcome.Stale);
        (await cluster.Settings().PublishAsync(new PublishSettings())).IsActive.ShouldBeFalse();
        (await cluster.Settings().PublishAsync(On)).Version.ShouldBeGreaterThan(on.Version);
    }
}
