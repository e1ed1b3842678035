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

    private void Start(VirtualTimer timer, long due)
    {
        lock (_gate)
        {
            timer.DueAt = due;
            timer.Order = ++_order;
            _timers.Enqueue(timer, (due, timer.Order));
        }
    }

    private VirtualTimer? TakeDue(long timestamp)
    {
        lock (_gate)
        {
            if (Next() is { } timer && timer.DueAt <= timestamp)
            {
                _timers.Dequeue();
                _elapsed = Math.Max(_elapsed, timer.DueAt!.Value);
                timer.DueAt = null;
                return timer;
            }

            _elapsed = Math.Max(_elapsed, timestamp);
            return null;
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
        private TimeSpan _period;
        private bool _disposed;

        public long? DueAt { get; set; }

        public long Order { get; set; }

        /// <inheritdoc/>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
            {
                return false;
            }

            _period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                DueAt = null;
            }
            else
            {
                clock.Start(this, clock.GetTimestamp() + dueTime.Ticks);
            }

            return true;
        }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                clock.Start(this, clock.GetTimestamp() + _period.Ticks);
            }

            callback(state);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _disposed = true;
            DueAt = null;
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
