using FsCheck;
using FsCheck.Fluent;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Tests.Scheduling;

public sealed class TimerWheelTests
{
    private readonly SimulatedLoop _loop = new();
    private readonly List<int> _fired = [];

    [Fact]
    public void Advance_TimersOfManyLengths_FireInOrderAndNeverEarly()
    {
        var start = _loop.Now;
        var times = new List<(int Delay, TimeSpan At)>();
        foreach (var delay in new[] { 70_000_000, 1, 63, 64, 65, 4096, 4095, 300_000, 500, 262_144 })
        {
            _loop.Schedule(
                TimeSpan.FromMilliseconds(delay),
                state => times.Add(((int)state!, _loop.Now - start)),
                delay);
        }

        _loop.Advance(TimeSpan.FromDays(1));

        times.Select(t => t.Delay).ShouldBe([1, 63, 64, 65, 500, 4095, 4096, 262_144, 300_000, 70_000_000]);
        times.ShouldAllBe(t => t.At == TimeSpan.FromMilliseconds(t.Delay));
        _loop.RunningTimers.ShouldBe(0);
    }

    [Fact]
    public void Advance_SameTick_FiresInTheOrderOfTheirStart()
    {
        for (var i = 0; i < 10; i++)
        {
            Schedule(i, 100);
        }

        _loop.Advance(TimeSpan.FromMilliseconds(100));

        _fired.ShouldBe(Enumerable.Range(0, 10));
    }

    [Fact]
    public void Stop_WithinTheTickThatFires_KeepsTheTimerFromFiring()
    {
        LoopTimer? second = null;
        _loop.Schedule(TimeSpan.FromMilliseconds(5), _ => second!.Stop(), null);
        second = _loop.Schedule(TimeSpan.FromMilliseconds(5), _ => _fired.Add(2), null);

        _loop.Advance(TimeSpan.FromMilliseconds(10));

        _fired.ShouldBeEmpty();
        second.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public void Start_FromItsOwnCallback_FiresAgainOneTickLater()
    {
        LoopTimer? timer = null;
        timer = _loop.CreateTimer(
            _ =>
            {
                _fired.Add(1);
                if (_fired.Count < 3)
                {
                    timer!.Start(TimeSpan.Zero);
                }
            },
            null);
        timer.Start(TimeSpan.Zero);

        _loop.Advance(TimeSpan.FromMilliseconds(2));
        _fired.Count.ShouldBe(2);
        _loop.Advance(TimeSpan.FromMilliseconds(1));
        _fired.Count.ShouldBe(3);
    }

    [Fact]
    public void AnySequenceOfStartStopAdvance_MatchesASortedList() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                ArbMap.Default.ArbFor<(byte Timer, ushort Delay, byte Kind)[]>(),
                MatchesSortedList));

    private static void MatchesSortedList((byte Timer, ushort Delay, byte Kind)[] steps)
    {
        var loop = new SimulatedLoop();
        var fired = new List<int>();
        var timers = Enumerable.Range(0, 16).Select(i => loop.CreateTimer(_ => fired.Add(i), null)).ToArray();
        var model = new Dictionary<int, (long Due, long Order)>();
        long now = 0, order = 0;
        var expected = new List<int>();
        foreach (var (timer, delay, kind) in steps)
        {
            var index = timer % timers.Length;
            switch (kind % 4)
            {
                case 0:
                    timers[index].Stop();
                    model.Remove(index);
                    break;
                case 1:
                    now += delay;
                    foreach (var due in model.Where(e => e.Value.Due <= now).OrderBy(e => e.Value.Due).ThenBy(e => e.Value.Order).ToArray())
                    {
                        expected.Add(due.Key);
                        model.Remove(due.Key);
                    }

                    loop.Advance(TimeSpan.FromMilliseconds(delay));
                    break;
                default:
                    timers[index].Start(TimeSpan.FromMilliseconds(delay));
                    model[index] = (now + Math.Max((long)delay, 1), order++);
                    break;
            }

            loop.RunningTimers.ShouldBe(model.Count);
        }

        fired.ShouldBe(expected);
    }

    private void Schedule(int id, int milliseconds) =>
        _loop.Schedule(TimeSpan.FromMilliseconds(milliseconds), state => _fired.Add((int)state!), id);
}
