using Orleans.Embedded.Simulation;
using Orleans.Embedded.Timers;

namespace PosteRestante.Grains.Local.Tests.Timers;

public sealed class TimerWheelTests
{
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(50);

    private readonly VirtualClock _clock = new();
    private readonly TimerWheel _wheel;
    private readonly List<(string Name, TimeSpan At)> _fired = [];

    public TimerWheelTests() => _wheel = new TimerWheel(_clock, Resolution);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(25_599)]
    [InlineData(25_600)]
    [InlineData(3_600_000)]
    public void Entry_IsDueNeverEarlyAndAtMostATickLate(int milliseconds)
    {
        var delay = TimeSpan.FromMilliseconds(milliseconds);
        _clock.Advance(TimeSpan.FromMilliseconds(17));
        _wheel.Schedule(new Entry(this, "a"), delay);

        RunToNextDue();

        var (_, at) = _fired.ShouldHaveSingleItem();
        (at - TimeSpan.FromMilliseconds(17)).ShouldBeInRange(delay, delay + Resolution);
    }

    [Fact]
    public void Entries_AreDueInTheOrderOfTime_HoweverFarTheClockJumps()
    {
        var random = new Random(5);
        var delays = Enumerable.Range(0, 2_000).Select(_ => random.Next(0, 200_000)).ToArray();
        foreach (var delay in delays)
        {
            _wheel.Schedule(new Entry(this, $"{delay}"), TimeSpan.FromMilliseconds(delay));
        }

        _clock.Advance(TimeSpan.FromSeconds(100));
        _wheel.Advance();
        _fired.Count.ShouldBe(delays.Count(static delay => delay <= 100_000));
        _clock.Advance(TimeSpan.FromSeconds(101));
        _wheel.Advance();

        _fired.Select(static fired => (int.Parse(fired.Name) + 49) / 50).ShouldBeInOrder();
        _fired.Count.ShouldBe(2_000);
        _wheel.Count.ShouldBe(0);
    }

    [Fact]
    public void Entry_CancelledOrScheduledAnew_IsDueOnceAtItsLastTime()
    {
        var cancelled = new Entry(this, "cancelled");
        var moved = new Entry(this, "moved");
        _wheel.Schedule(cancelled, Resolution);
        _wheel.Schedule(moved, Resolution);
        _wheel.Cancel(cancelled);
        _wheel.Cancel(cancelled);
        _wheel.Schedule(moved, TimeSpan.FromMinutes(2));

        RunToNextDue();

        _fired.ShouldHaveSingleItem().Name.ShouldBe("moved");
        _fired[0].At.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Wheel_WithoutEntries_AwaitsNothing() => _wheel.NextDue.ShouldBeNull();

    private void RunToNextDue()
    {
        while (_fired.Count == 0)
        {
            _clock.AdvanceTo(_wheel.NextDue!.Value);
            _wheel.Advance();
        }
    }

    private sealed class Entry(TimerWheelTests test, string name) : WheelEntry
    {
        public override void Due() => test._fired.Add((name, test._clock.GetElapsedTime(0)));
    }
}
