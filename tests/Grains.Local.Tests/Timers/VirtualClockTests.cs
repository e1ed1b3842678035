using Orleans.Embedded.Simulation;

namespace PosteRestante.Grains.Local.Tests.Timers;

public sealed class VirtualClockTests
{
    [Fact]
    public void Timers_FireInOrderAtTheirTime()
    {
        var clock = new VirtualClock();
        var start = clock.GetUtcNow();
        var fired = new List<(string, double)>();
        using var late = clock.CreateTimer(_ => fired.Add(("late", (clock.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => fired.Add(("often", (clock.GetUtcNow() - start).TotalSeconds)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(5));
        often.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe([("often", 2), ("often", 4), ("late", 5)]);
        clock.NextDue.ShouldBeNull();
    }

    [Fact]
    public void Timer_ThatIsDueAtOnce_FiresAtOnce()
    {
        var clock = new VirtualClock();
        var fired = 0;

        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        fired.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(3));

        fired.ShouldBe(4);
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenItIsAdvanced()
    {
        var clock = new VirtualClock();
        var delay = Task.Delay(TimeSpan.FromHours(1), clock);
        clock.Advance(TimeSpan.FromMinutes(59));
        delay.IsCompleted.ShouldBeFalse();

        clock.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }
}
