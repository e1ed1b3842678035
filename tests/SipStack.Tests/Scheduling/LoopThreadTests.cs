using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Tests.Scheduling;

public sealed class LoopThreadTests : IAsyncLifetime
{
    private readonly LoopThread _loop = new("test loop", new LoopOptions { MaxPendingInput = 4 }, TimeProvider.System, NullLogger.Instance);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    [Fact]
    public async Task Post_FromManyThreads_RunsEachOnceInItsThreadsOrderWithoutOverlap()
    {
        const int Threads = 4;
        const int Each = 20_000;
        _loop.Start();
        var seen = new List<(int Thread, int N)>();
        var inside = 0;
        var overlaps = 0;
        var threads = Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            for (var n = 0; n < Each; n++)
            {
                _loop.Post(
                    state =>
                    {
                        overlaps += Interlocked.Exchange(ref inside, 1);
                        seen.Add(((int, int))state!);
                        Interlocked.Exchange(ref inside, 0);
                    },
                    (t, n));
            }
        })).ToArray();

        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        await _loop.StopAsync();

        overlaps.ShouldBe(0);
        seen.Count.ShouldBe(Threads * Each);
        seen.GroupBy(s => s.Thread).ShouldAllBe(g => g.Select(s => s.N).SequenceEqual(Enumerable.Range(0, Each)));
    }

    [Fact]
    public async Task Await_InATurn_ResumesOnTheLoopsThread()
    {
        _loop.Start();

        var (first, second, onLoop) = await _loop.InvokeAsync(async () =>
        {
            var before = Environment.CurrentManagedThreadId;
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            return (before, Environment.CurrentManagedThreadId, _loop.IsCurrent);
        });
        _loop.IsCurrent.ShouldBeFalse();
        second.ShouldBe(first);
        onLoop.ShouldBeTrue();
    }

    [Fact]
    public async Task Timer_WhileTheLoopSleeps_WakesIt()
    {
        _loop.Start();
        var fired = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(
            _ =>
            {
                var start = _loop.Timestamp;
                _loop.Schedule(TimeSpan.FromMilliseconds(30), _ => fired.SetResult(_loop.Time.GetElapsedTime(start)), null);
            },
            null);

        (await fired.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public async Task TryPostInput_BeyondTheBound_IsRefusedAndCounted()
    {
        var ran = 0;
        var taken = Enumerable.Range(0, 6).Count(_ => _loop.TryPostInput(_ => ran++, null));
        taken.ShouldBe(4);
        _loop.InputDropped.ShouldBe(2);

        _loop.Start();
        await _loop.StopAsync();
        ran.ShouldBe(4);
    }

    [Fact]
    public async Task Stop_WithWorkWaiting_RunsItAndWhatItPostsThenRefuses()
    {
        var ran = new List<int>();
        _loop.Post(
            _ =>
            {
                ran.Add(1);
                _loop.Post(_ => ran.Add(2), null);
            },
            null);
        _loop.Start();

        await _loop.StopAsync();
        _loop.Post(_ => ran.Add(3), null);
        _loop.TryPostInput(_ => ran.Add(4), null).ShouldBeFalse();

        ran.ShouldBe([1, 2]);
        _loop.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task Entry_ThatThrows_LeavesTheOthersRunning()
    {
        _loop.Start();
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(_ => throw new InvalidOperationException("a bug"), null);
        _loop.Post(_ => next.SetResult(), null);

        await next.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Entry_ThatLeavesAnAsyncLocal_DoesNotLendItToTheNext()
    {
        var local = new AsyncLocal<string?>();
        string? seen = "unset";
        _loop.Post(_ => local.Value = "mine", null);
        _loop.Post(_ => seen = local.Value, null);
        _loop.Start();
        await _loop.StopAsync();

        seen.ShouldBeNull();
    }

    [Fact]
    public void Post_StaticCallback_AllocatesNothing()
    {
        // The loop has not started, so what is measured is posting alone; the list has room for these.
        var state = new object();
        SendOrPostCallback callback = static _ => { };
        _loop.Post(callback, state);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _loop.Post(callback, state);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
