using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Reminders;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Reminders;

public sealed class ReminderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly InMemoryReminderTable _table = new();

    [Fact]
    public async Task Reminder_WhoseGrainIsGone_WakesItAtEachPeriod()
    {
        await using var cluster = await StartAsync();
        await Reminded(cluster).RegisterAsync("sweep", Minute, 20 * Minute);
        await cluster.Cluster.DeactivateAsync(Reminded(cluster));

        cluster.Clock.Advance(2 * Minute);
        await cluster.Journal.Seen("a was reminded of sweep, tick 1, in turn");
        cluster.Clock.Advance(20 * Minute);

        await cluster.Journal.Seen("a was reminded of sweep, tick 2, in turn");
    }

    [Fact]
    public async Task Reminder_AfterACrash_TicksOnWithoutMakingUpForMissedTicks()
    {
        await using var cluster = await StartAsync();
        await Reminded(cluster).RegisterAsync("sweep", Minute, 10 * Minute);
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos[0]);
        cluster.Clock.Advance(45 * Minute);
        await cluster.Cluster.StartAdditionalSiloAsync();
        await Reminded(cluster).HasAsync("sweep");

        cluster.Clock.Advance(7 * Minute);

        await cluster.Journal.Seen("a was reminded of sweep, tick 6, in turn");
        cluster.Journal.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reminder_Unregistered_TicksNoMoreAndIsGone()
    {
        await using var cluster = await StartAsync();
        await Reminded(cluster).RegisterAsync("sweep", Minute, Minute);
        (await Reminded(cluster).HasAsync("sweep")).ShouldBeTrue();

        await Reminded(cluster).UnregisterAsync("sweep");
        cluster.Clock.Advance(5 * Minute);
        (await Reminded(cluster).HasAsync("sweep")).ShouldBeFalse();

        cluster.Journal.Entries.ShouldBeEmpty();
        (await _table.ReadAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reminder_RegisteredAgain_ReplacesTheEarlierOne()
    {
        await using var cluster = await StartAsync();
        await Reminded(cluster).RegisterAsync("sweep", Minute, Minute);
        await Reminded(cluster).RegisterAsync("sweep", 30 * Minute, 10 * Minute);

        cluster.Clock.Advance(29 * Minute);
        (await Reminded(cluster).HasAsync("sweep")).ShouldBeTrue();
        cluster.Journal.Entries.ShouldBeEmpty();
        cluster.Clock.Advance(2 * Minute);

        await cluster.Journal.Seen("a was reminded of sweep, tick 1, in turn");
    }

    [Fact]
    public async Task Reminder_MoreOftenThanOnceAMinute_IsRefused()
    {
        await using var cluster = await StartAsync();

        await Should.ThrowAsync<ArgumentOutOfRangeException>(Reminded(cluster).RegisterAsync("sweep", Minute, TimeSpan.FromSeconds(59)).AsTask());
    }

    private Task<ProbeCluster> StartAsync() => ProbeCluster.StartAsync(silo => silo.Services.AddSingleton<IReminderTable>(_table));

    private static IReminded Reminded(ProbeCluster cluster) => cluster.Grains.GetGrain<IReminded>("a");
}
