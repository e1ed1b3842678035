using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Orleans.Embedded.Manifest;
using Orleans.Embedded.Simulation;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Calls;

/// <summary>
/// One call of a grain: the arguments, the place in queues, and the promise that its caller awaits, all in one pooled
/// object. It goes back to its pool when both sides are done with it: the caller that took the result, and the shard
/// that ran the method (after a timeout these are far apart). So a promise is awaited once.
/// </summary>
public abstract partial class GrainCall
{
    private static readonly Action<object?> Completed = static _ => throw new InvalidOperationException("A grain call was resumed twice.");

    private Action<object?>? _continuation;
    private object? _continuationState;
    private object? _scheduler;
    private ExceptionDispatchInfo? _error;
    private Activity? _activity;
    private GrainCall? _parent;
    private int _parentVersion;
    private int _version;
    private int _sides;
    private volatile bool _completed;
    private bool _answered;

    private protected GrainCall(string method, CallOptions options)
    {
        Method = method;
        Options = options;
    }

    /// <summary>The method, for messages and traces.</summary>
    internal string Method { get; }

    /// <summary>How it is called.</summary>
    internal CallOptions Options { get; }

    /// <summary>The class of the called grain.</summary>
    internal GrainClass Class { get; private set; } = null!;

    /// <summary>The key of the called grain.</summary>
    internal IdSpan Key { get; private set; }

    /// <summary>The turn context that runs it, while it runs.</summary>
    internal TurnContext? Context { get; set; }

    /// <summary>The next one that waits for the same activation.</summary>
    internal GrainCall? NextWaiting { get; set; }

    /// <summary>The neighbours in the shard's list of calls without an answer, and when this one times out.</summary>
    internal CallList.Links Links;

    /// <summary>Which use of the pooled object this is.</summary>
    internal int Version => _version;

    internal bool IsOneWay => Options.HasFlag(CallOptions.OneWay);

    internal bool IsReadOnly => Options.HasFlag(CallOptions.ReadOnly);

    internal bool AlwaysInterleaves => Options.HasFlag(CallOptions.AlwaysInterleave);

    internal bool IsTick => Options.HasFlag(CallOptions.Tick);

    /// <summary>Whether somebody awaits it.</summary>
    internal bool HasCaller { get; private set; }

    /// <summary>Whether its caller has been told that it timed out, so that running it would serve nobody.</summary>
    internal bool IsAbandoned => HasCaller && _answered;

    internal GrainId GrainId => new(Class.GrainType, Key);

    /// <summary>Replaces the arguments by deep copies.</summary>
    protected virtual void CopyArguments()
    {
    }

    /// <summary>A second call with the same arguments.</summary>
    protected abstract GrainCall Duplicate();

    /// <summary>Forgets arguments and result and goes back to the pool.</summary>
    protected abstract void Recycle();

    /// <summary>Calls the method on the grain; ends in <see cref="Finish"/>.</summary>
    private protected abstract void Invoke(object grain);

    /// <summary>Runs the method in a turn of an activation.</summary>
    internal void Run(object grain)
    {
        if (_activity is null)
        {
            Invoke(grain);
            return;
        }

        Activity.Current = _activity;
        Invoke(grain);
        Activity.Current = null;
    }

    /// <summary>Starts the way to the grain. Null: it is under way. Otherwise it has failed and will not run.</summary>
    private protected Exception? Submit(EmbeddedReference target)
    {
        var binding = target.Binding;
        var runtime = binding.Runtime;
        Address(binding.Class, target.Key);
        if (runtime.CopiesArguments)
        {
            CopyArguments();
        }

        var caller = SynchronizationContext.Current as TurnContext;
        _activity = Activity.Current;
        if (IsOneWay)
        {
            Detach();
        }
        else if (caller?.Call is { } parent && Join(parent) is { } cycle)
        {
            return cycle;
        }

        return runtime.Submit(this, caller);
    }

    /// <summary>Makes this a call without a caller: a tick, a reminder, the second run of a duplicate.</summary>
    internal void Detach(GrainClass grainClass, IdSpan key)
    {
        Address(grainClass, key);
        Detach();
    }

    /// <summary>The same call again, without a caller.</summary>
    internal GrainCall DetachedDuplicate()
    {
        var copy = Duplicate();
        copy.Detach(Class, Key);
        return copy;
    }

    private void Address(GrainClass grainClass, IdSpan key)
    {
        Class = grainClass;
        Key = key;
        _sides = 2;
        HasCaller = true;
    }

    private void Detach()
    {
        _sides = 1;
        HasCaller = false;
    }

    // The chain is the list of calls that wait for each other. A parent that was recycled meanwhile does not wait.
    private CallCycleException? Join(GrainCall parent)
    {
        _parent = parent;
        _parentVersion = parent._version;
        var version = _parentVersion;
        for (var call = parent; call is not null && call._version == version; call = call._parent)
        {
            if (ReferenceEquals(call.Class, Class) && call.Key == Key && !call.IsInterleavedTick)
            {
                return new($"Call cycle: {Describe(parent)} > {Name}, a grain that waits in this chain.");
            }

            version = call._parentVersion;
        }

        return null;
    }

    // A tick that interleaves blocks no request of its grain, so a call back to it is no cycle.
    private bool IsInterleavedTick => IsTick && AlwaysInterleaves;

    // Keys are addresses of people; types and methods are enough to find the cycle.
    private string Name => $"{Class.GrainType}.{Method}";

    private static string Describe(GrainCall call)
    {
        var chain = call.Name;
        var version = call._parentVersion;
        for (var at = call._parent; at is not null && at._version == version; at = at._parent)
        {
            chain = $"{at.Name} > {chain}";
            version = at._parentVersion;
        }

        return chain;
    }

    /// <summary>The method has ended, well or badly; called once, in the activation's turn.</summary>
    private protected void Finish(Exception? error)
    {
        var activation = Context!.Activation;
        var shard = activation.Shard;
        if (!HasCaller)
        {
            Ended(error);
        }
        else if (shard.Runtime.Disorder is { } disorder)
        {
            AnswerInDisorder(error, shard, disorder);
        }
        else
        {
            Answer(error, shard);
        }

        activation.Finished(this);
    }

    /// <summary>A call without a caller has ended.</summary>
    private protected virtual void Ended(Exception? error)
    {
        if (error is not null)
        {
            Context!.Activation.Shard.Runtime.LogOneWayFailed(error, this);
        }
    }

    private void AnswerInDisorder(Exception? error, Shard shard, Disorder disorder)
    {
        if (disorder.LosesReply(this))
        {
            return;
        }

        Answer(error, shard);
        if (disorder.DoublesReply())
        {
            Answer(error, shard);
        }
    }

    /// <summary>Answers the caller, once: later answers find nobody.</summary>
    internal void Answer(Exception? error, Shard shard)
    {
        if (_answered || !HasCaller)
        {
            return;
        }

        _answered = true;
        shard.Unanswered.Remove(this);
        if (error is null)
        {
            TakeResult(shard.Runtime.CopiesArguments);
        }
        else
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }

        Signal();
    }

    /// <summary>Fails a call that will not run.</summary>
    internal void Refuse(Exception error, Shard shard)
    {
        Answer(error, shard);
        Leave();
    }

    /// <summary>One side is done with the object; the last one recycles it.</summary>
    internal void Leave()
    {
        if (Interlocked.Decrement(ref _sides) == 0)
        {
            _version++;
            _continuation = null;
            _continuationState = null;
            _scheduler = null;
            _error = null;
            _activity = null;
            _parent = null;
            Context = null;
            _completed = false;
            _answered = false;
            Recycle();
        }
    }

    /// <summary>Both sides at once: the call was never under way.</summary>
    private protected void Discard()
    {
        _sides = 1;
        Leave();
    }

    /// <summary>Moves what the method returned to where the caller takes it.</summary>
    private protected abstract void TakeResult(bool copies);
}
