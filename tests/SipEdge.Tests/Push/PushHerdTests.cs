using PosteRestante.SipEdge.Push;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>Many users who are back in the same second, in virtual time.</summary>
public sealed class PushHerdTests
{
    private const int Users = 1000;
    private const int Places = 100;
    private const int PerSecond = 200;
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Requirement("DM-12.2.2.2-1")]
    public void Herd_OfUsers_IsServedWholeWithinTheBoundAndTheRate(int seed)
    {
        var loop = new SimulatedLoop(seed);
        var random = new Random(seed);
        var (gate, pace) = (new PushGate(Places), new PushPace(loop, PerSecond, random.Next));
        var starts = new List<TimeSpan>();
        var (running, most, served) = (0, 0, 0);
        async Task ServeAsync()
        {
            (await gate.EnterAsync()).ShouldBeTrue();
            most = Math.Max(most, ++running);
            await pace.TurnAsync();
            starts.Add(loop.Uptime);
            await Task.Delay(Call, loop.Time);
            running--;
            served++;
            gate.Leave();
        }

        loop.Post(
            _ =>
            {
                for (var user = 0; user < Users; user++)
                {
                    _ = ServeAsync();
                }
            },
            null);
        loop.Advance(Users * Call / Places * 2);

        served.ShouldBe(Users);
        running.ShouldBe(0);
        gate.Waiting.ShouldBe(0);
        most.ShouldBe(Places);
        foreach (var start in starts)
        {
            // In any second: the rate, half a gap of jitter at either end, and what the slack of 20 ms lets through at once.
            starts.Count(other => other >= start && other < start + TimeSpan.FromSeconds(1)).ShouldBeLessThanOrEqualTo((int)(PerSecond * 1.05) + 5);
        }

        starts.Zip(starts.Skip(1), static (one, next) => next - one).Distinct().Count().ShouldBeGreaterThan(3); // jitter
    }

    [Fact]
    public void Pace_OfASinglePush_HoldsNothingUp()
    {
        var loop = new SimulatedLoop();
        var pace = new PushPace(loop, 1, static limit => limit - 1);
        pace.TurnAsync().IsCompleted.ShouldBeTrue();
        pace.TurnAsync().IsCompleted.ShouldBeFalse();
        loop.Advance(TimeSpan.FromMinutes(1));
        pace.TurnAsync().IsCompleted.ShouldBeTrue();
        pace.TurnAsync().IsCompleted.ShouldBeFalse(); // a quiet minute is not saved up
    }

    [Fact]
    public void Gate_WithPlacesTaken_LetsTheOthersInAsTheyCame()
    {
        var gate = new PushGate(1);
        gate.EnterAsync().IsCompleted.ShouldBeTrue();
        var (second, third) = (gate.EnterAsync(), gate.EnterAsync());
        gate.Waiting.ShouldBe(2);

        gate.Leave();
        second.IsCompleted.ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        gate.Leave();
        third.IsCompleted.ShouldBeTrue();
        gate.Leave();
        gate.EnterAsync().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Gate_ThatIsClosed_SendsAwayWhoWaits()
    {
        var gate = new PushGate(1);
        (await gate.EnterAsync()).ShouldBeTrue();
        var waiting = gate.EnterAsync();

        gate.Close();
        (await waiting).ShouldBeFalse();
        gate.Leave();
        (await gate.EnterAsync()).ShouldBeFalse();
    }
}
