using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Tests.Scheduling;

public sealed class SimulatedLoopTests
{
    [Fact]
    public void Await_InATurn_ResumesOnTheLoop()
    {
        var loop = new SimulatedLoop();
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var resumedOn = false;
        var task = loop.InvokeAsync(async () =>
        {
            await source.Task;
            resumedOn = loop.IsCurrent;
        });
        loop.RunUntilIdle();

        source.SetResult();
        loop.RunUntil(() => task.IsCompleted);

        resumedOn.ShouldBeTrue();
        loop.IsCurrent.ShouldBeFalse();
    }

    [Fact]
    public void Delay_OnTheLoopsClock_TakesVirtualTime()
    {
        var loop = new SimulatedLoop();
        var start = loop.Now;

        var end = loop.Complete(async () =>
        {
            await Task.Delay(TimeSpan.FromMinutes(3), loop.Time, TestContext.Current.CancellationToken);
            return loop.Now;
        });

        (end - start).ShouldBe(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Enter_OffTheLoop_ContinuesOnIt()
    {
        var loop = new SimulatedLoop();
        var entered = false;
        async Task EnterAsync()
        {
            await loop.Enter();
            entered = loop.IsCurrent;
        }

        var task = EnterAsync();
        task.IsCompleted.ShouldBeFalse();
        loop.RunUntilIdle();

        task.IsCompletedSuccessfully.ShouldBeTrue();
        entered.ShouldBeTrue();
    }

    [Fact]
    public void TryPostInput_BeyondTheBound_IsRefusedAndCounted()
    {
        var loop = new SimulatedLoop(new SimulatedClock(), maxPendingInput: 2);
        var ran = 0;
        bool PostOne() => loop.TryPostInput(_ => ran++, null);

        new[] { PostOne(), PostOne(), PostOne() }.ShouldBe([true, true, false]);
        loop.InputDropped.ShouldBe(1);

        loop.RunUntilIdle();
        ran.ShouldBe(2);
        PostOne().ShouldBeTrue();
    }

    [Fact]
    public void Seed_TheSame_ReplaysTheSameOrder()
    {
        Run(7).ShouldBe(Run(7));
        Enumerable.Range(0, 20).Select(seed => string.Join(',', Run(seed))).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Seed_Any_KeepsPostedEntriesInOrder()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            Run(seed).Where(n => n < 10).ShouldBe(Enumerable.Range(0, 10));
        }
    }

    [Fact]
    public void RunUntil_ConditionNeverTrue_Throws() =>
        Should.Throw<TimeoutException>(() => new SimulatedLoop().RunUntil(() => false));

    private static List<int> Run(int seed)
    {
        var loop = new SimulatedLoop(seed);
        var order = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            loop.Post(state => order.Add((int)state!), i);
            loop.Context.Post(state => order.Add((int)state!), i + 100);
        }

        loop.RunUntilIdle();
        return order;
    }
}
