using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Embedded;
using Orleans.Runtime;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

public sealed class CallTests
{
    [Fact]
    public async Task Call_ThatThrows_BringsTheExceptionToItsCaller()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        var error = await Should.ThrowAsync<InvalidOperationException>(cluster.Probe("a").FailAsync("as told").AsTask());

        error.Message.ShouldBe("as told");
    }

    [Fact]
    public async Task Call_OfAMethodThatReturnsATask_Works()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        (await cluster.Probe("a").EchoTaskAsync(9)).ShouldBe(9);
    }

    [Fact]
    public async Task Call_AwaitedTwice_IsRefused()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var call = cluster.Probe("a").EchoAsync(1);
        (await call).ShouldBe(1);

#pragma warning disable CA2012 // Exactly this is refused.
        await Should.ThrowAsync<InvalidOperationException>(async () => await call);
#pragma warning restore CA2012
    }

    [Fact]
    public async Task Call_WithoutAnswerInTime_TimesOutAndItsGrainGoesOn()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        var behind = cluster.Probe("a").CountAsync().AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<TimeoutException>(held);
        await Should.ThrowAsync<TimeoutException>(behind);
        cluster.Gates.Open("1");
        await cluster.Journal.Seen("a held 1");

        // The one that timed out in the queue was not run: nobody waited for it any more.
        (await cluster.Probe("a").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Call_AnsweredInTime_DoesNotTimeOutLater()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        for (var number = 0; number < 10; number++)
        {
            (await cluster.Probe("a").EchoAsync(number)).ShouldBe(number);
            cluster.Clock.Advance(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task ResponseTimeout_HasItsOwnClock()
    {
        var messaging = new Orleans.Embedded.Simulation.VirtualClock();
        await using var cluster = await ProbeCluster.StartAsync(silo =>
        {
            silo.Services.AddKeyedSingleton<TimeProvider>("Orleans.Messaging", messaging);
            silo.Services.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(5));
        });
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");

        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        (await cluster.Probe("b").EchoAsync(1)).ShouldBe(1);
        held.IsCompleted.ShouldBeFalse();
        messaging.Advance(TimeSpan.FromSeconds(6));

        await Should.ThrowAsync<TimeoutException>(held);
    }

    [Fact]
    public async Task OneWay_ReturnsBeforeTheGrainHasRun()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        var hint = cluster.Probe("a").HintAsync("1");
        hint.IsCompletedSuccessfully.ShouldBeTrue();
        await hint;
        cluster.Gates.Open("1");

        await cluster.Journal.Seen("a took the hint 1");
    }

    [Fact]
    public async Task OneWay_ThatFails_TellsNobody()
    {
        await using var cluster = await ProbeCluster.StartAsync();

        await cluster.Probe("a").FailingHintAsync();

        (await cluster.Probe("a").EchoAsync(1)).ShouldBe(1);
    }

    [Fact]
    public async Task Grain_WithAFullQueue_RefusesTheNextCall()
    {
        await using var cluster = await ProbeCluster.StartAsync(static silo =>
            silo.Services.Configure<EmbeddedRuntimeOptions>(static options => options.MaxWaitingPerGrain = 3));
        var held = cluster.Probe("a").HoldAsync("1").AsTask();
        await cluster.Journal.Seen("a holds 1, 1 at once");
        var waiting = Enumerable.Range(0, 3).Select(_ => cluster.Probe("a").CountAsync().AsTask()).ToArray();

        await Should.ThrowAsync<LimitExceededException>(cluster.Probe("a").CountAsync().AsTask());
        cluster.Gates.Open("1");
        await held;

        (await Task.WhenAll(waiting)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Shard_WithTooManyCalls_RefusesTheNextFromOutside()
    {
        await using var cluster = await ProbeCluster.StartAsync(static silo =>
            silo.Services.Configure<EmbeddedRuntimeOptions>(static options => options.MaxCallsPerShard = 4));
        var held = Enumerable.Range(0, 4).Select(number => cluster.Probe($"{number}").HoldAsync("1").AsTask()).ToArray();

        var refused = await Should.ThrowAsync<LimitExceededException>(cluster.Probe("a").EchoAsync(1).AsTask());
        cluster.Gates.Open("1");
        await Task.WhenAll(held);

        refused.Message.ShouldContain(nameof(EmbeddedRuntimeOptions.MaxCallsPerShard));
        (await cluster.Probe("a").EchoAsync(1)).ShouldBe(1);
    }
}
