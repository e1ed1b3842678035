using Orleans.Embedded;
using PosteRestante.Grains.Local.Tests.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace PosteRestante.Grains.Local.Tests.Turns;

/// <summary>Every await in a grain resumes on its shard, in its activation's turn, as the request that it was.</summary>
public sealed class ResumptionTests
{
    public static TheoryData<AwaitKind> Kinds => [.. Enum.GetValues<AwaitKind>().Where(static kind => kind != AwaitKind.TaskCompletedInAnotherTurn)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Grain_Awaits_ResumesInItsTurn(AwaitKind kind)
    {
        await using var cluster = await ProbeCluster.StartAsync();

        (await cluster.Probe("a").ResumeAsync(kind)).ShouldBe("in turn");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Grain_AwaitsAcrossShards_ResumesInItsTurn(AwaitKind kind)
    {
        await using var cluster = await ProbeCluster.StartAsync(static silo =>
            silo.Services.Configure<EmbeddedRuntimeOptions>(static options => options.Shards = 3));

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => cluster.Probe($"probe {number}").ResumeAsync(kind).AsTask()));

        all.ShouldAllBe(static where => where == "in turn");
    }

    [Fact]
    public async Task ReentrantGrain_AwaitsWhatAnotherRequestCompletes_ResumesAsItself()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IReentrantProbe>("a");

        var first = grain.ResumeAsync(AwaitKind.TaskCompletedInAnotherTurn).AsTask();
        await cluster.Gates.At("first waits");
        (await grain.ResumeAsync(AwaitKind.TaskCompletedInAnotherTurn)).ShouldBe("in turn");

        (await first).ShouldBe("in turn");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ReentrantGrain_ManyRequestsAwait_EachResumesAsItself(AwaitKind kind)
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var grain = cluster.Grains.GetGrain<IReentrantProbe>("a");

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => grain.ResumeAsync(kind).AsTask()));

        all.ShouldAllBe(static where => where == "in turn");
    }
}
