using Orleans.Embedded.Turns;

namespace Orleans.Embedded.Calls;

/// <summary>Where a continuation runs: in a turn, in a caller's context, or on the thread pool; never right here.</summary>
internal static class Resumption
{
    public static void Schedule(Action<object?> continuation, object? state, object? scheduler)
    {
        switch (scheduler)
        {
            case TurnContext context:
                context.Activation.Shard.Enqueue(Turn.Resume(context, continuation, state));
                break;
            case SynchronizationContext context when Shard.Current is { } shard:
                shard.Outside.Add(context, continuation, state);
                break;
            case SynchronizationContext context:
                context.Post(static work => Run(work), (continuation, state));
                break;
            case TaskScheduler tasks:
                _ = Task.Factory.StartNew(continuation, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, tasks);
                break;
            case null when Shard.Current?.Runtime.Simulation is { } simulation:
                simulation.Outside.Post(static work => Run(work), (continuation, state));
                break;
            default:
                ThreadPool.UnsafeQueueUserWorkItem(continuation, state, preferLocal: false);
                break;
        }
    }

    private static void Run(object? work)
    {
        var (continuation, state) = (ValueTuple<Action<object?>, object?>)work!;
        continuation(state);
    }
}
