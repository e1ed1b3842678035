namespace Orleans.Embedded.Timers;

/// <summary>Wakes a shard's thread when its clock reaches a moment. Set by that thread only.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _moment = long.MaxValue;

    public Alarm(TimeProvider clock, Action wake)
    {
        _clock = clock;
        _timer = clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _moment, long.MaxValue);
                wake();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks to be woken at this timestamp of the clock; null: nothing is awaited.</summary>
    public void Set(long? timestamp)
    {
        // An alarm that rings too early only makes the shard look; so a later moment need not move it.
        if (timestamp is not { } moment || moment >= Volatile.Read(ref _moment))
        {
            return;
        }

        Volatile.Write(ref _moment, moment);
        var now = _clock.GetTimestamp();
        var wait = moment <= now ? TimeSpan.Zero : _clock.GetElapsedTime(now, moment) + TimeSpan.FromMilliseconds(1);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
