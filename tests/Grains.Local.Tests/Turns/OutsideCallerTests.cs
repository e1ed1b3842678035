using Orleans.Embedded.Turns;
using PosteRestante.Grains.Local.Tests.Deposits;
using PosteRestante.Grains.Local.Tests.Probes;

namespace PosteRestante.Grains.Local.Tests.Turns;

/// <summary>The edge calls grains from its own loop: it resumes there, in batches, and never on a shard.</summary>
public sealed class OutsideCallerTests
{
    [Fact]
    public async Task Edge_AfterACall_ResumesOnItsOwnThread()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        using var edge = new TestEdge();

        var threads = await edge.InvokeAsync(async () =>
        {
            await cluster.Probe("a").EchoAsync(1);
            return (Thread.CurrentThread, SynchronizationContext.Current, Shard.Current);
        });

        threads.ShouldBe((edge.Thread, edge, null));
    }

    [Fact]
    public async Task Edge_WithManyReplies_IsPostedToInBatches()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        using var edge = new TestEdge();
        const int Calls = 500;

        await edge.InvokeAsync(async () =>
        {
            var held = cluster.Probe("gate").HoldAsync("1").AsTask();
            var calls = Enumerable.Range(0, Calls).Select(_ => Await()).ToArray();
            cluster.Gates.Open("1");
            await held;
            await Task.WhenAll(calls);
            return 0;

            async Task Await() => await cluster.Probe("gate").CountAsync();
        });

        edge.Posts.ShouldBeLessThan(Calls / 2);
    }

    [Fact]
    public async Task Edge_WhoseContinuationFails_StillGetsTheOtherReplies()
    {
        await using var cluster = await ProbeCluster.StartAsync();
        using var edge = new CountingContext();
        SynchronizationContext.SetSynchronizationContext(edge);
#pragma warning disable CA2012 // The awaiters are used as an async method would use them.
        var failing = cluster.Probe("gate").HoldAsync("1").GetAwaiter();
        var others = Enumerable.Range(0, 3).Select(_ => cluster.Probe("gate").CountAsync().GetAwaiter()).ToArray();
#pragma warning restore CA2012
        failing.OnCompleted(static () => throw new InvalidOperationException("A continuation of the edge failed."));
        foreach (var other in others)
        {
            other.OnCompleted(edge.Resumed);
        }

        SynchronizationContext.SetSynchronizationContext(null);
        cluster.Gates.Open("1");

        await edge.Done(others.Length);
    }

    private sealed class CountingContext : SynchronizationContext, IDisposable
    {
        private readonly SemaphoreSlim _resumed = new(0);

        public void Resumed() => _resumed.Release();

        public async Task Done(int count)
        {
            for (var i = 0; i < count; i++)
            {
                (await _resumed.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
            }
        }

        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ =>
        {
            try
            {
                d(state);
            }
            catch (InvalidOperationException)
            {
                // The edge's own fault, and its own business.
            }
        });

        public void Dispose() => _resumed.Dispose();
    }
}
