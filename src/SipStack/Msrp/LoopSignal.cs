using System.Runtime.CompilerServices;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// Wakes the one coroutine that awaits it. A signal that comes first is kept; many count as one. The coroutine goes on
/// in a turn of its own, so that what several callers of one turn have for it is handled together.
/// </summary>
internal sealed class LoopSignal(EventLoop loop) : INotifyCompletion
{
    private static readonly SendOrPostCallback Resume = static state => ((LoopSignal)state!).Run();

    private Action? _waiting;
    private bool _isSet;
    private bool _isPosted;

    /// <summary>Whether the awaiting coroutine goes on without waiting: never, it always takes a turn.</summary>
    public bool IsCompleted => false;

    public LoopSignal GetAwaiter() => this;

    public void OnCompleted(Action continuation)
    {
        _waiting = continuation;
        if (_isSet)
        {
            Post();
        }
    }

    public void GetResult() => _isSet = false;

    public void Set()
    {
        _isSet = true;
        if (_waiting is not null)
        {
            Post();
        }
    }

    private void Post()
    {
        if (!_isPosted)
        {
            _isPosted = true;
            loop.Post(Resume, this);
        }
    }

    private void Run()
    {
        _isPosted = false;
        Action? waiting = _waiting;
        _waiting = null;
        waiting?.Invoke();
    }
}
