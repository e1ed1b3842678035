namespace PosteRestante.SipStack.Scheduling;

/// <summary>
/// The loop of tests and of the simulation: it runs on its caller's thread, under a virtual clock, and replays the
/// same turns for the same seed. Posted entries keep their order as on <see cref="LoopThread"/>; the continuations of
/// awaits, which there come from other threads, are mixed among them and with each other by the seed. A fault in an
/// entry leaves the stepping method.
/// </summary>
public sealed class SimulatedLoop : EventLoop
{
    // Parts under test may complete on other threads; the order is then theirs, the lists stay whole.
#pragma warning disable RS0030
    private readonly Lock _gate = new();
#pragma warning restore RS0030
    private readonly Queue<LoopItem> _posted = [];
    private readonly List<LoopItem> _continuations = [];
    private readonly Random? _order;
    private readonly int _maxPendingInput;
    private int _pendingInput;
    private long _inputDropped;

    /// <summary>Creates a loop on a clock of its own.</summary>
    /// <param name="seed">The seed of the order; null keeps the order of arrival.</param>
    public SimulatedLoop(int? seed = null)
        : this(new SimulatedClock(), seed)
    {
    }

    /// <summary>Creates a loop.</summary>
    /// <param name="clock">The virtual clock, which may be shared.</param>
    /// <param name="seed">The seed of the order; null keeps the order of arrival.</param>
    /// <param name="maxPendingInput">How many entries of network input may wait.</param>
    public SimulatedLoop(SimulatedClock clock, int? seed = null, int maxPendingInput = 8192)
        : base(clock, TimeSpan.FromMilliseconds(1))
    {
        Clock = clock;
        _order = seed is { } value ? new Random(value) : null;
        _maxPendingInput = maxPendingInput;
    }

    /// <summary>The virtual clock.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>When the next timer may be due; null when none runs.</summary>
    public DateTimeOffset? NextTimer =>
        UntilNextTimer() is var wait && wait == Timeout.InfiniteTimeSpan ? null : Clock.GetUtcNow() + wait;

    /// <inheritdoc/>
    public override long InputDropped => _inputDropped;

    /// <inheritdoc/>
    public override int Pending
    {
        get
        {
            lock (_gate)
            {
                return _posted.Count + _continuations.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback callback, object? state)
    {
        lock (_gate)
        {
            _posted.Enqueue(new LoopItem(callback, state));
        }
    }

    /// <inheritdoc/>
    public override bool TryPostInput(SendOrPostCallback callback, object? state)
    {
        lock (_gate)
        {
            if (_pendingInput >= _maxPendingInput)
            {
                _inputDropped++;
                return false;
            }

            _pendingInput++;
            _posted.Enqueue(new LoopItem(
                entry =>
                {
                    Interlocked.Decrement(ref _pendingInput);
                    callback(entry);
                },
                state));
            return true;
        }
    }

    /// <summary>Fires what is due by the clock, then runs one entry.</summary>
    /// <returns>Whether an entry was there to run.</returns>
    public bool Step() => InTurn(StepOnce);

    /// <summary>Runs until nothing waits; the clock stands still.</summary>
    public void RunUntilIdle() => InTurn(() =>
    {
        while (StepOnce())
        {
            // Entries post entries; the last one ends it.
        }

        return true;
    });

    /// <summary>Moves the clock on, from timer to timer, and runs everything that comes due.</summary>
    public void Advance(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        RunUntilIdle();
        while (NextTimer is { } next && next <= end)
        {
            Clock.AdvanceTo(next);
            RunUntilIdle();
        }

        Clock.AdvanceTo(end);
        RunUntilIdle();
    }

    /// <summary>Runs, moving the clock when nothing else is left to do, until the condition holds.</summary>
    /// <param name="condition">Asked after each time the loop is idle.</param>
    /// <param name="limit">How far the clock may move, default one hour.</param>
    /// <exception cref="TimeoutException">The condition does not come true.</exception>
    public void RunUntil(Func<bool> condition, TimeSpan? limit = null)
    {
        var end = Clock.GetUtcNow() + (limit ?? TimeSpan.FromHours(1));
        RunUntilIdle();
        while (!condition())
        {
            if (NextTimer is not { } next || next > end)
            {
                throw new TimeoutException("The loop has nothing more to do, and the condition does not hold.");
            }

            Clock.AdvanceTo(next);
            RunUntilIdle();
        }
    }

    /// <summary>Calls a function in a turn of the loop and runs until its task has ended.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    public T Complete<T>(Func<Task<T>> function, TimeSpan? limit = null)
    {
        var task = InTurn(function);
        RunUntil(() => task.IsCompleted, limit);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Calls a function in a turn of the loop and runs until its task has ended.</summary>
    public void Complete(Func<Task> function, TimeSpan? limit = null)
    {
        var task = InTurn(function);
        RunUntil(() => task.IsCompleted, limit);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Calls a function in a turn of the loop.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    public T InTurn<T>(Func<T> function)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Context);
        try
        {
            return function();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    internal override void PostContinuation(SendOrPostCallback callback, object? state)
    {
        if (_order is null)
        {
            Post(callback, state);
            return;
        }

        lock (_gate)
        {
            _continuations.Add(new LoopItem(callback, state));
        }
    }

    private bool StepOnce()
    {
        FireTimers();
        if (!TryTake(out var item))
        {
            return false;
        }

        item.Run();
        return true;
    }

    private bool TryTake(out LoopItem item)
    {
        lock (_gate)
        {
            var choices = _continuations.Count + (_posted.Count > 0 ? 1 : 0);
            var choice = choices > 1 ? _order!.Next(choices) : 0;
            if (choice >= _continuations.Count)
            {
                return _posted.TryDequeue(out item);
            }

            item = _continuations[choice];
            _continuations.RemoveAt(choice);
            return true;
        }
    }
}
