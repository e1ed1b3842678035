namespace Orleans.Embedded.Simulation;

/// <summary>A clock that stands still until it is advanced. Its timers fire while it advances, in the order of their time.</summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _order;

    /// <param name="start">What it shows first; the default is midnight of 1 January 2026, UTC.</param>
    public VirtualClock(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer fires, as a timestamp; null: none runs.</summary>
    public long? NextDue
    {
        get
        {
            lock (_gate)
            {
                return Next()?.DueAt;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time on, timer by timer.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        AdvanceTo(GetTimestamp() + time.Ticks);
    }

    /// <summary>Moves the time on to a timestamp; an earlier one changes nothing.</summary>
    public void AdvanceTo(long timestamp)
    {
        while (TakeDue(timestamp) is { } timer)
        {
            timer.Fire();
        }
    }

    // A timer that is due at once fires here and now, as it would on the system's clock, only sooner.
    private bool Change(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period;
            timer.DueAt = null;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            Enqueue(timer, _elapsed + dueTime.Ticks);
        }

        if (dueTime <= TimeSpan.Zero)
        {
            AdvanceTo(GetTimestamp());
        }

        return true;
    }

    private void End(VirtualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            timer.DueAt = null;
        }
    }

    private void Enqueue(VirtualTimer timer, long due)
    {
        timer.DueAt = due;
        timer.Order = ++_order;
        _timers.Enqueue(timer, (due, timer.Order));
    }

    private VirtualTimer? TakeDue(long timestamp)
    {
        lock (_gate)
        {
            if (Next() is not { } timer || timer.DueAt > timestamp)
            {
                _elapsed = Math.Max(_elapsed, timestamp);
                return null;
            }

            _timers.Dequeue();
            _elapsed = Math.Max(_elapsed, timer.DueAt!.Value);
            timer.DueAt = null;
            if (timer.Period > TimeSpan.Zero)
            {
                Enqueue(timer, _elapsed + timer.Period.Ticks);
            }

            return timer;
        }
    }

    // Timers that were changed or disposed leave their old place in the queue; it is skipped.
    private VirtualTimer? Next()
    {
        while (_timers.TryPeek(out var timer, out var place))
        {
            if (timer.DueAt == place.Due && timer.Order == place.Order)
            {
                return timer;
            }

            _timers.Dequeue();
        }

        return null;
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long? DueAt { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; set; }

        public bool IsDisposed { get; set; }

        /// <inheritdoc/>
        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

        public void Fire() => callback(state);

        /// <inheritdoc/>
        public void Dispose() => clock.End(this);

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
