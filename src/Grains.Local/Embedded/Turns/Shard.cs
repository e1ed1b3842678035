using Orleans.Embedded.Calls;
using Orleans.Embedded.Reminders;
using Orleans.Embedded.Timers;
using Orleans.Runtime;

namespace Orleans.Embedded.Turns;

/// <summary>
/// A part of the grains, and everything that runs in them: turns one after the other, so that nothing here needs a
/// lock. A thread (<see cref="ShardThread"/>) or a simulation steps it. Only the inbox is shared: what other threads
/// bring waits there in a list that the shard swaps for an empty one.
/// </summary>
internal sealed partial class Shard
{
    [ThreadStatic]
    private static Shard? _current;

    private readonly TurnQueue _turns = new();
    private readonly Dictionary<IdSpan, Activation>[] _activations;
    private readonly List<(Activation Activation, TaskCompletionSource Ended)> _awaitedEnds = [];
    private int _count;
    private long _messagingNow;

    public Shard(EmbeddedRuntime runtime, int index)
    {
        Runtime = runtime;
        Index = index;
        _activations = [.. runtime.Classes.Select(static _ => new Dictionary<IdSpan, Activation>())];
        Timers = new TimerWheel(runtime.GrainClock, runtime.Options.TimerResolution);
        _messagingNow = runtime.MessagingClock.GetTimestamp();
        Collector = new IdleCollector(this);
        Reminders = new ShardReminders(this);
        Outside = new OutsideReplies();
    }

    public EmbeddedRuntime Runtime { get; }

    public int Index { get; }

    /// <summary>The shard whose turn runs on this thread.</summary>
    public static Shard? Current => _current;

    public bool IsCurrent => ReferenceEquals(_current, this);

    /// <summary>Calls that have no answer yet.</summary>
    public CallList Unanswered { get; } = new();

    public TimerWheel Timers { get; }

    public IdleCollector Collector { get; }

    public ShardReminders Reminders { get; }

    /// <summary>Continuations of callers outside, to be handed over in batches.</summary>
    public OutsideReplies Outside { get; }

    /// <summary>The collector's coarse time.</summary>
    public int Epoch => Collector.Epoch;

    /// <summary>How many activations there are.</summary>
    public int Activations => _count;

    /// <summary>Whether a turn is ready.</summary>
    public bool HasTurns => _turns.Count > 0;

    public int EpochAfter(TimeSpan delay) => Collector.EpochAfter(delay);

    /// <summary>Runs what is ready, at most <paramref name="limit"/> turns, then hands the replies over.</summary>
    public void RunTurns(int limit)
    {
        _current = this;
        while (limit-- > 0 && _turns.Count > 0)
        {
            Run(_turns.Take());
        }

        SynchronizationContext.SetSynchronizationContext(null);
        Outside.Flush();
        _current = null;
    }

    /// <summary>Runs one turn that the simulation has drawn.</summary>
    public void RunTurnAt(int index)
    {
        var outer = SynchronizationContext.Current;
        _current = this;
        Run(_turns.TakeAt(index));
        Outside.Flush();
        _current = null;
        SynchronizationContext.SetSynchronizationContext(outer);
    }

    /// <summary>The turns that are ready, for a simulation to draw from.</summary>
    public TurnQueue Turns => _turns;

    /// <summary>Fires timers, times calls out, takes in what came from outside.</summary>
    public void Observe()
    {
        var outer = _current;
        _current = this;
        _messagingNow = Runtime.MessagingClock.GetTimestamp();
        TakeInbox();
        Timers.Advance();
        TimeOut();
        Outside.Flush();
        _current = outer;
    }

    /// <summary>Queues a turn from whatever thread.</summary>
    public void Enqueue(in Turn turn)
    {
        if (IsCurrent)
        {
            _turns.Add(turn);
        }
        else
        {
            EnqueueFromOutside(turn);
        }
    }

    /// <summary>Sends a call here. Null: it is queued.</summary>
    public Exception? Submit(GrainCall call)
    {
        if (!IsCurrent)
        {
            return SubmitFromOutside(call);
        }

        Track(call);
        _turns.Add(Turn.Deliver(call));
        return null;
    }

    /// <summary>Hands a call to the activation of its grain, which is made if there is none.</summary>
    public void Deliver(GrainCall call)
    {
        if (call.IsAbandoned)
        {
            call.Leave();
            return;
        }

        var living = _activations[call.Class.Index];
        if (!living.TryGetValue(call.Key, out var activation))
        {
            activation = new Activation(this, call.Class, call.Key);
            living.Add(call.Key, activation);
            _count++;
            Collector.Add(activation);
            activation.Begin(call);
            return;
        }

        if (Runtime.Disorder is not { } disorder)
        {
            activation.Accept(call);
        }
        else if (disorder.Haunt(activation) is { } chosen)
        {
            chosen.Accept(call);
        }
        else
        {
            Deliver(call);
        }
    }

    /// <summary>A call that never arrives: its caller waits for the timeout.</summary>
    public void Lose(GrainCall call)
    {
        Track(call);
        call.Leave();
    }

    /// <summary>Makes the next call go to a new activation, while this one runs on and does not know it.</summary>
    public void Replace(Activation activation)
    {
        if (_activations[activation.Class.Index].Remove(activation.Key))
        {
            activation.IsGhost = true;
        }
    }

    /// <summary>An activation has ended.</summary>
    public void Remove(Activation activation)
    {
        _count--;
        Collector.Remove(activation);
        if (!activation.IsGhost)
        {
            _activations[activation.Class.Index].Remove(activation.Key);
        }

        if (_awaitedEnds.Count > 0)
        {
            TellEnded(activation);
        }
    }

    /// <summary>The activation of a grain, if there is one.</summary>
    public Activation? Find(GrainId grainId) =>
        Runtime.ClassOf(grainId.Type) is { } grainClass ? _activations[grainClass.Index].GetValueOrDefault(grainId.Key) : null;

    /// <summary>Ends the activation of a grain, if there is one, and says when it is gone.</summary>
    public void EndAsked(GrainId grainId, TaskCompletionSource ended)
    {
        if (Find(grainId) is { } activation)
        {
            _awaitedEnds.Add((activation, ended));
            activation.Deactivate(new(DeactivationReasonCode.RuntimeRequested, "A test asked for it."));
        }
        else
        {
            ended.SetResult();
        }
    }

    /// <summary>Every activation but ghosts, in no order that matters.</summary>
    public IEnumerable<Activation> Living() => _activations.SelectMany(static living => living.Values);

    private void Run(in Turn turn)
    {
        try
        {
            turn.Run(this);
        }
        catch (Exception error)
        {
            // Requests catch their own; this is a continuation of code that nobody awaits.
            Runtime.LogTurnFailed(error, turn.Context?.Activation.Class.GrainType ?? default);
        }
    }

    private void TellEnded(Activation activation)
    {
        foreach (var (_, ended) in _awaitedEnds.Where(awaited => ReferenceEquals(awaited.Activation, activation)))
        {
            ended.SetResult();
        }

        _awaitedEnds.RemoveAll(awaited => ReferenceEquals(awaited.Activation, activation));
    }

    private void Track(GrainCall call)
    {
        if (call.HasCaller)
        {
            Unanswered.Add(call, _messagingNow + Runtime.ResponseTimeoutStamps);
        }
    }

    private void TimeOut()
    {
        while (Unanswered.Oldest is { } call && call.Links.Deadline <= _messagingNow)
        {
            call.Answer(new TimeoutException($"{call.Class.GrainType}.{call.Method} has not answered within {Runtime.ResponseTimeout}; whether it ran is not known."), this);
        }
    }
}
