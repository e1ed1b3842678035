using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Orleans.Embedded.Calls;

/// <summary>A call without a result. Generated classes hold the arguments.</summary>
public abstract class GrainCallWithoutResult : GrainCall, IValueTaskSource
{
    private readonly Action _returned;
    private ValueTaskAwaiter _awaiter;

    /// <param name="method">The name of the method.</param>
    /// <param name="options">How it is called.</param>
    protected GrainCallWithoutResult(string method, CallOptions options)
        : base(method, options) => _returned = Returned;

    /// <summary>Calls the method on the grain.</summary>
    protected abstract ValueTask InvokeOn(object grain);

    /// <summary>Sends the call to the grain.</summary>
    /// <returns>The promise; awaited once. One-way calls are done at once.</returns>
    public ValueTask Start(EmbeddedReference target)
    {
        var token = (short)Version;
        var oneWay = IsOneWay;
        if (Submit(target) is { } refusal)
        {
            Discard();
            return ValueTask.FromException(refusal);
        }

        return oneWay ? ValueTask.CompletedTask : new(this, token);
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token)
    {
        TakeAnswer(token);
        Leave();
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => Status(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        Await(continuation, state, token, flags);

    private protected sealed override void Invoke(object grain)
    {
        try
        {
#pragma warning disable CA2012 // It is consumed once, in Returned.
            _awaiter = InvokeOn(grain).GetAwaiter();
#pragma warning restore CA2012
        }
        catch (Exception error)
        {
            Finish(error);
            return;
        }

        if (_awaiter.IsCompleted)
        {
            Returned();
        }
        else
        {
            _awaiter.UnsafeOnCompleted(_returned);
        }
    }

    private protected sealed override void TakeResult(bool copies)
    {
        // There is none.
    }

    /// <inheritdoc/>
    protected override void Recycle() => _awaiter = default;

    private void Returned()
    {
        Exception? failure = null;
        try
        {
            _awaiter.GetResult();
        }
        catch (Exception error)
        {
            failure = error;
        }

        Finish(failure);
    }
}
