using System.Runtime.CompilerServices;

namespace PosteRestante.SipStack.Scheduling;

/// <summary>What <see cref="EventLoop.Enter"/> returns: awaiting it continues on the loop, at once if it is there already.</summary>
public readonly record struct LoopAwaitable : ICriticalNotifyCompletion
{
    private static readonly SendOrPostCallback Continue = static state => ((Action)state!)();

    private readonly EventLoop _loop;

    internal LoopAwaitable(EventLoop loop) => _loop = loop;

    /// <summary>Whether the caller is on the loop already.</summary>
    public bool IsCompleted => _loop.IsCurrent;

    /// <summary>The awaiter: this value itself.</summary>
    public LoopAwaitable GetAwaiter() => this;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => _loop.PostContinuation(Continue, continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation) => _loop.PostContinuation(Continue, continuation);

    /// <summary>There is no result.</summary>
    public void GetResult()
    {
        // Entering a loop has no outcome.
    }
}
