using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipEdge.Push;

/// <summary>
/// Spreads the INVITEs of pushes: at most so many a second, each a little earlier or later than evenly, so that what is behind us
/// sees no wave and the clients of a herd do not stay in step. A single push is never held up. On the loop.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="perSecond">The rate that is not exceeded.</param>
/// <param name="next">Injected randomness: a number from 0 to below its argument.</param>
internal sealed class PushPace(EventLoop loop, int perSecond, Func<int, int> next)
{
    private const int Grain = 1024;

    // What was not used is not saved up, but for the time by which a timer may be late.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(20);

    private readonly TimeSpan _gap = TimeSpan.FromSeconds(1) / perSecond;
    private TimeSpan _free = -Slack;

    /// <summary>Waits for a turn.</summary>
    public Task TurnAsync()
    {
        var now = loop.Uptime;
        var turn = _free > now - Slack ? _free : now - Slack;
        _free = turn + (_gap / 2) + (_gap * next(Grain) / Grain);
        return turn > now ? Task.Delay(turn - now, loop.Time) : Task.CompletedTask;
    }
}
