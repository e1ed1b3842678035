using System.IO.Pipelines;

namespace PosteRestante.SipStack.Scheduling;

/// <summary>Runs the continuations of a pipe on a loop, so that a simulation with pipes replays.</summary>
public sealed class LoopPipeScheduler(EventLoop loop) : PipeScheduler
{
    /// <inheritdoc/>
    public override void Schedule(Action<object?> action, object? state) =>
        loop.Post(static entry => ((Entry)entry!).Run(), new Entry(action, state));

    private sealed class Entry(Action<object?> action, object? state)
    {
        public void Run() => action(state);
    }
}
