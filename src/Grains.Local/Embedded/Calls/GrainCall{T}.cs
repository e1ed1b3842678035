using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Orleans.Embedded.Copying;

namespace Orleans.Embedded.Calls;

/// <summary>A call with a result. Generated classes hold the arguments.</summary>
/// <typeparam name="T">The result.</typeparam>
public abstract class GrainCall<T> : GrainCall, IValueTaskSource<T>
{
    private readonly Action _returned;
    private ValueTaskAwaiter<T> _awaiter;
    private T _result = default!;

    /// <param name="method">The name of the method.</param>
    /// <param name="options">How it is called.</param>
    protected GrainCall(string method, CallOptions options)
        : base(method, options) => _returned = Returned;

    /// <summary>Calls the method on the grain.</summary>
    protected abstract ValueTask<T> InvokeOn(object grain);

    /// <summary>Sends the call to the grain.</summary>
    /// <returns>The promise; awaited once.</returns>
    public ValueTask<T> Start(EmbeddedReference target)
    {
        var token = (short)Version;
        if (Submit(target) is { } refusal)
        {
            Discard();
            return ValueTask.FromException<T>(refusal);
        }

        return new(this, token);
    }

    /// <inheritdoc/>
    T IValueTaskSource<T>.GetResult(short token)
    {
        TakeAnswer(token);
        var result = _result;
        Leave();
        return result;
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => Status(token);

    /// <inheritdoc/>
    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
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
        if (copies)
        {
            _result = Copier<T>.Copy(_result);
        }
    }

    /// <inheritdoc/>
    protected override void Recycle()
    {
        _result = default!;
        _awaiter = default;
    }

    private void Returned()
    {
        Exception? failure = null;
        try
        {
            _result = _awaiter.GetResult();
        }
        catch (Exception error)
        {
            failure = error;
        }

        Finish(failure);
    }
}
