namespace PosteRestante.SipStack.Scheduling;

/// <summary>The clock of a loop: the time of its source, with timers that fire on the loop.</summary>
internal sealed class LoopTimeProvider(EventLoop loop, TimeProvider source) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => source.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => source.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => source.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => source.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LoopProviderTimer(loop, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
