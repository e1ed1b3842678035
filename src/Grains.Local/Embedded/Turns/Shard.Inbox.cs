using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Turns;

/// <content>What other threads bring.</content>
internal sealed partial class Shard
{
    private readonly object _gate = new();
    private List<Turn> _inbox = new(256);
    private List<Turn> _taken = new(256);
    private bool _asleep;
    private volatile bool _closed;
    private bool _timeIsDue;

    /// <summary>Whether nothing is taken in any more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Waits until there is something to do. False: the shard is closed.</summary>
    public bool WaitForWork()
    {
        lock (_gate)
        {
            while (_inbox.Count == 0 && !_timeIsDue && !_closed)
            {
                _asleep = true;
                Monitor.Wait(_gate);
                _asleep = false;
            }

            _timeIsDue = false;
            return !_closed;
        }
    }

    /// <summary>A clock says that a timer or a timeout may be due.</summary>
    public void WakeForTime()
    {
        lock (_gate)
        {
            _timeIsDue = true;
            Wake();
        }
    }

    /// <summary>Takes nothing in any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Wake();
        }
    }

    /// <summary>Fails every call that has no answer, and forgets everything: the crash of this shard. On its thread.</summary>
    public void Drop()
    {
        _current = this;
        TakeInbox();
        while (Unanswered.Oldest is { } call)
        {
            call.Answer(new SiloUnavailableException("The runtime has stopped; whether the call ran is not known."), this);
        }

        _turns.Clear();
        foreach (var living in _activations)
        {
            living.Clear();
        }

        Timers.Clear();
        Outside.Flush();
        _current = null;
    }

    private void EnqueueFromOutside(in Turn turn)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _inbox.Add(turn);
                Wake();
            }
        }
    }

    private Exception? SubmitFromOutside(GrainCall call)
    {
        lock (_gate)
        {
            if (_closed || !Runtime.IsAccepting)
            {
                return new SiloUnavailableException("The runtime is stopped; the call did not run.");
            }

            var pending = _inbox.Count + Unanswered.Count;
            if (pending >= Runtime.Options.MaxCallsPerShard)
            {
                return new LimitExceededException(nameof(EmbeddedRuntimeOptions.MaxCallsPerShard), pending, Runtime.Options.MaxCallsPerShard, call.Class.GrainType);
            }

            _inbox.Add(Turn.Deliver(call));
            Wake();
            return null;
        }
    }

    private void TakeInbox()
    {
        lock (_gate)
        {
            (_inbox, _taken) = (_taken, _inbox);
        }

        foreach (var turn in _taken)
        {
            if (turn.Kind == TurnKind.Deliver)
            {
                Track(turn.Call);
            }

            _turns.Add(turn);
        }

        _taken.Clear();
    }

    // A signal is a system call: only a sleeper needs one.
    private void Wake()
    {
        if (_asleep)
        {
            _asleep = false;
            Monitor.Pulse(_gate);
        }
    }
}
