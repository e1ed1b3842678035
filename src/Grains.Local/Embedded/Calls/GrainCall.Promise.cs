using System.Threading.Tasks.Sources;
using Orleans.Embedded.Turns;

namespace Orleans.Embedded.Calls;

/// <content>The promise: what <see cref="ValueTask"/> asks of its source.</content>
public abstract partial class GrainCall
{
    /// <summary>Whether the answer is there.</summary>
    private protected ValueTaskSourceStatus Status(short token)
    {
        Validate(token);
        if (!_completed)
        {
            return ValueTaskSourceStatus.Pending;
        }

        return _error is null
            ? ValueTaskSourceStatus.Succeeded
            : _error.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Faulted;
    }

    /// <summary>Remembers who waits, and where it resumes.</summary>
    private protected void Await(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Validate(token);
        if (flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext) && ExecutionContext.Capture() is { } execution)
        {
            (continuation, state) = Flowing(execution, continuation, state);
        }

        _continuationState = state;
        _scheduler = CaptureScheduler(flags);
        var previous = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (ReferenceEquals(previous, Completed))
        {
            Resumption.Schedule(continuation, state, _scheduler);
        }
        else if (previous is not null)
        {
            throw AwaitedTwice();
        }
    }

    /// <summary>The caller takes its result; the object is then no longer its own.</summary>
    private protected void TakeAnswer(short token)
    {
        Validate(token);
        if (!_completed)
        {
            throw new InvalidOperationException("A grain call has no result yet; await it.");
        }

        if (_error is { } error)
        {
            Leave();
            error.Throw();
        }
    }

    private void Signal()
    {
        _completed = true;
        var continuation = Interlocked.CompareExchange(ref _continuation, Completed, null);
        if (continuation is not null)
        {
            Resumption.Schedule(continuation, _continuationState, _scheduler);
        }
    }

    // Inside a turn the continuation belongs to the turn's context, even where the awaiter did not ask for it.
    private static object? CaptureScheduler(ValueTaskSourceOnCompletedFlags flags)
    {
        var context = SynchronizationContext.Current;
        if (!flags.HasFlag(ValueTaskSourceOnCompletedFlags.UseSchedulingContext))
        {
            return context as TurnContext;
        }

        if (context is not null && context.GetType() != typeof(SynchronizationContext))
        {
            return context;
        }

        return TaskScheduler.Current == TaskScheduler.Default ? null : TaskScheduler.Current;
    }

    private static (Action<object?> Continuation, object? State) Flowing(ExecutionContext execution, Action<object?> continuation, object? state) =>
        (static boxed =>
        {
            var (execution, continuation, state) = (ValueTuple<ExecutionContext, Action<object?>, object?>)boxed!;
            ExecutionContext.Run(execution, new ContextCallback(continuation), state);
        }, (execution, continuation, state));

    private void Validate(short token)
    {
        if (token != (short)_version)
        {
            throw AwaitedTwice();
        }
    }

    private static InvalidOperationException AwaitedTwice() =>
        new("The result of a grain call was awaited twice. It is pooled: await it once, or call AsTask() first.");
}
