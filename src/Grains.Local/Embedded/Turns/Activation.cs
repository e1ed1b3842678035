using Orleans.Embedded.Calls;
using Orleans.Embedded.Manifest;
using Orleans.Embedded.Timers;
using Orleans.Runtime;

namespace Orleans.Embedded.Turns;

/// <summary>
/// One grain in memory. It is itself the context of its first request; only requests that interleave get one of their
/// own. An idle one holds little: its key, its place in the shard, its grain object.
/// </summary>
internal sealed partial class Activation : TurnContext, IGrainContext
{
    private object? _instance;
    private GrainCall? _firstWaiting;
    private GrainCall? _lastWaiting;
    private GrainTimer? _timers;
    private Departure? _departure;
    private int _waiting;
    private ushort _running;
    private ushort _blocking;
    private ushort _writing;
    private bool _pumping;

    public Activation(Shard shard, GrainClass grainClass, IdSpan key)
        : base(activation: null)
    {
        Shard = shard;
        Class = grainClass;
        Key = key;
        LastUsed = shard.Epoch;
    }

    public Shard Shard { get; }

    public GrainClass Class { get; }

    public IdSpan Key { get; }

    public ActivationState State { get; private set; }

    /// <summary>The epoch of the shard's collector in which it was last used.</summary>
    public int LastUsed { get; private set; }

    /// <summary>The epoch until which it is not to be collected.</summary>
    public int KeepUntil { get; private set; }

    /// <summary>Its neighbours in the collector's bucket.</summary>
    public Activation? NextToCollect { get; set; }

    /// <inheritdoc cref="NextToCollect"/>
    public Activation? PreviousToCollect { get; set; }

    /// <summary>The collector's bucket that it lies in.</summary>
    public short Bucket { get; set; }

    /// <summary>Whether a newer activation has taken its place without its knowledge; in simulation only.</summary>
    public bool IsGhost { get; set; }

    /// <summary>Whether it runs nothing and nothing waits.</summary>
    public bool IsIdle => State == ActivationState.Active && _running == 0 && _waiting == 0;

    /// <inheritdoc/>
    public GrainId GrainId => new(Class.GrainType, Key);

    /// <inheritdoc/>
    public object? GrainInstance => _instance;

    /// <inheritdoc/>
    public IServiceProvider ActivationServices => Shard.Runtime.Services;

    /// <inheritdoc/>
    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    /// <summary>Keeps it from being collected for this long.</summary>
    public void DelayDeactivation(TimeSpan delay) =>
        KeepUntil = delay == Timeout.InfiniteTimeSpan ? int.MaxValue : Shard.EpochAfter(delay);

    /// <summary>Whether the collector may take it.</summary>
    public bool IsCollectable(int olderThan) => IsIdle && LastUsed <= olderThan && KeepUntil <= Shard.Epoch;

    /// <summary>A call has come: it runs now or waits.</summary>
    public void Accept(GrainCall call)
    {
        if (State == ActivationState.Active && (_waiting == 0 || call.AlwaysInterleaves) && MayRun(call))
        {
            Run(call);
            return;
        }

        if (call.IsTick && State >= ActivationState.Leaving)
        {
            call.Leave();
            return;
        }

        if (_waiting >= Shard.Runtime.Options.MaxWaitingPerGrain && !call.IsTick)
        {
            call.Refuse(new LimitExceededException(nameof(EmbeddedRuntimeOptions.MaxWaitingPerGrain), _waiting, Shard.Runtime.Options.MaxWaitingPerGrain, Class.GrainType), Shard);
            return;
        }

        Wait(call);
    }

    /// <summary>Takes the first call that waits, in a turn of its own.</summary>
    public void Pump()
    {
        _pumping = false;
        while (State == ActivationState.Active && _firstWaiting is { } call)
        {
            if (call.IsAbandoned)
            {
                // It has timed out in the queue: its caller is gone, and will ask again if it still wants to.
                Unwait().Leave();
                continue;
            }

            if (!MayRun(call))
            {
                return;
            }

            Run(Unwait());
            PumpLater();
            return;
        }
    }

    /// <summary>A request has ended, in a turn of this activation.</summary>
    public void Finished(GrainCall call)
    {
        var context = call.Context!;
        context.Call = null;
        _running--;
        if (!call.AlwaysInterleaves)
        {
            _blocking--;
            if (!call.IsReadOnly)
            {
                _writing--;
            }
        }

        if (call is not TimerTick { KeepsAlive: false })
        {
            LastUsed = Shard.Epoch;
        }

        call.Leave();
        if (State == ActivationState.Leaving)
        {
            EndIfQuiet();
        }
        else
        {
            PumpLater();
        }
    }

    /// <summary>Starts a timer of the grain.</summary>
    public IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new GrainTimer<TState>(this, callback, state, options);
        timer.NextOfActivation = _timers;
        _timers = timer;
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    /// <summary>A timer has ended.</summary>
    public void Forget(GrainTimer timer)
    {
        if (ReferenceEquals(_timers, timer))
        {
            _timers = timer.NextOfActivation;
            return;
        }

        for (var before = _timers; before is not null; before = before.NextOfActivation)
        {
            if (ReferenceEquals(before.NextOfActivation, timer))
            {
                before.NextOfActivation = timer.NextOfActivation;
                return;
            }
        }
    }

    // Orleans' rule: only requests that do not always interleave block others, and readers do not block readers.
    private bool MayRun(GrainCall call) =>
        _blocking == 0 || Class.IsReentrant || call.AlwaysInterleaves || (call.IsReadOnly && _writing == 0);

    private void Run(GrainCall call)
    {
        _running++;
        if (!call.AlwaysInterleaves)
        {
            _blocking++;
            if (!call.IsReadOnly)
            {
                _writing++;
            }
        }

        var context = Call is null ? this : new TurnContext(this);
        context.Call = call;
        call.Context = context;
        SetSynchronizationContext(context);
        call.Run(_instance!);
    }

    private void Wait(GrainCall call)
    {
        call.NextWaiting = null;
        if (_lastWaiting is null)
        {
            _firstWaiting = call;
        }
        else
        {
            _lastWaiting.NextWaiting = call;
        }

        _lastWaiting = call;
        _waiting++;
    }

    private GrainCall Unwait()
    {
        var call = _firstWaiting!;
        _firstWaiting = call.NextWaiting;
        call.NextWaiting = null;
        if (_firstWaiting is null)
        {
            _lastWaiting = null;
        }

        _waiting--;
        return call;
    }

    private void PumpLater()
    {
        if (_waiting > 0 && !_pumping && State == ActivationState.Active && MayRun(_firstWaiting!))
        {
            _pumping = true;
            Shard.Enqueue(Turn.Pump(this));
        }
    }
}
