namespace PosteRestante.SipStack.Scheduling;

/// <summary>A <see cref="TimeProvider"/> timer on a loop; it may be changed from any thread.</summary>
internal sealed class LoopProviderTimer : ITimer
{
    private readonly EventLoop _loop;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly LoopTimer _timer;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    public LoopProviderTimer(EventLoop loop, TimerCallback callback, object? state)
    {
        _loop = loop;
        _callback = callback;
        _state = state;
        _timer = loop.CreateTimer(static timer => ((LoopProviderTimer)timer!).Fire(), this);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_loop.IsCurrent)
        {
            Apply(dueTime, period);
        }
        else
        {
            _loop.Post(static change => ((Action)change!)(), () => Apply(dueTime, period));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_loop.IsCurrent)
        {
            End();
        }
        else
        {
            _loop.Post(static timer => ((LoopProviderTimer)timer!).End(), this);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Apply(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return;
        }

        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            _timer.Stop();
        }
        else
        {
            _timer.Start(dueTime);
        }
    }

    private void End()
    {
        _disposed = true;
        _timer.Stop();
    }

    private void Fire()
    {
        // A period of zero or infinite means once (Timer's rule).
        if (_period > TimeSpan.Zero)
        {
            _timer.Start(_period);
        }

        _callback(_state);
    }
}
