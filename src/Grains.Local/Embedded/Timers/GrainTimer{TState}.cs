using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>A timer of an activation. The period runs from the end of a tick, so ticks never overtake each other.</summary>
internal sealed class GrainTimer<TState> : GrainTimer
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly TimerTick _tick;
    private readonly CancellationTokenSource _ended = new();
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private bool _overdue;
    private bool _disposed;

    public GrainTimer(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _state = state;
        _tick = new TimerTick(this, options.Interleave, options.KeepAlive);
    }

    /// <inheritdoc/>
    public override void Change(TimeSpan dueTime, TimeSpan period)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        _period = period;
        _changed = true;
        Schedule(dueTime);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _activation.Shard.Timers.Cancel(this);
        _activation.Forget(this);
        _ended.Cancel();
    }

    /// <inheritdoc/>
    public override void Due()
    {
        if (_disposed)
        {
            return;
        }

        if (_ticking)
        {
            _overdue = true;
            return;
        }

        _ticking = true;
        _changed = false;
        _tick.Detach(_activation.Class, _activation.Key);
        _activation.Shard.Enqueue(Turn.Tick(_activation, _tick));
    }

    /// <inheritdoc/>
    public override Task Call() => _disposed ? Task.CompletedTask : _callback(_state, _ended.Token);

    /// <inheritdoc/>
    public override void Ticked(Exception? error)
    {
        _ticking = false;
        if (error is not null)
        {
            _activation.Shard.Runtime.LogTickFailed(error, _activation.Class.GrainType);
        }

        if (!_disposed && (_overdue || !_changed))
        {
            Schedule(_overdue ? TimeSpan.Zero : _period);
            _overdue = false;
        }
    }

    private void Schedule(TimeSpan delay)
    {
        if (delay == Timeout.InfiniteTimeSpan)
        {
            _activation.Shard.Timers.Cancel(this);
        }
        else
        {
            _activation.Shard.Timers.Schedule(this, delay);
        }
    }

    private static void Validate(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
        }
    }
}
