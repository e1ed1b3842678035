namespace PosteRestante.SipStack.Scheduling;

/// <summary>
/// A one-shot timer of an <see cref="EventLoop"/>. Starting it again moves it; starting and stopping cost O(1) and
/// allocate nothing. All members are called on the loop.
/// </summary>
public sealed class LoopTimer : TimerLink
{
    private readonly EventLoop _loop;
    private readonly SendOrPostCallback _callback;
    private readonly object? _state;

    internal LoopTimer(EventLoop loop, SendOrPostCallback callback, object? state)
    {
        _loop = loop;
        _callback = callback;
        _state = state;
    }

    /// <summary>Whether the timer is started and not yet fired.</summary>
    public bool IsRunning => Next is not null;

    /// <summary>(Re)starts the timer. It does not fire within the turn that starts it, whatever the delay.</summary>
    public void Start(TimeSpan delay) => _loop.Start(this, delay);

    /// <summary>Stops the timer; when it is not running, does nothing.</summary>
    public void Stop() => _loop.Stop(this);

    internal void Fire() => _callback(_state);
}
