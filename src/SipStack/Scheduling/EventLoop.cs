namespace PosteRestante.SipStack.Scheduling;

/// <summary>
/// A single-threaded turn machine: everything that runs on one loop runs one after the other, so its state needs no
/// locks. It owns timers, and a synchronization context through which an <c>await</c> in code on the loop resumes on
/// the loop. <see cref="LoopThread"/> serves, <see cref="SimulatedLoop"/> replays a seed.
/// </summary>
public abstract class EventLoop
{
    private static readonly SendOrPostCallback RunWork = static state => ((ILoopWork)state!).Run();

    private readonly TimeProvider _source;
    private readonly TimerWheel _wheel = new();
    private readonly long _origin;
    private readonly long _resolution;

    /// <summary>Creates a loop.</summary>
    /// <param name="source">The clock.</param>
    /// <param name="timerResolution">The length of one tick of the timer wheel.</param>
    private protected EventLoop(TimeProvider source, TimeSpan timerResolution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timerResolution, TimeSpan.FromMilliseconds(1));
        _source = source;
        _origin = source.GetTimestamp();
        _resolution = timerResolution.Ticks;
        Context = new LoopSynchronizationContext(this);
        Time = new LoopTimeProvider(this, source);
    }

    /// <summary>The clock of the loop. Its timers, and so <c>Task.Delay(delay, loop.Time)</c>, fire on the loop.</summary>
    public TimeProvider Time { get; }

    /// <summary>The time now, UTC.</summary>
    public DateTimeOffset Now => _source.GetUtcNow();

    /// <summary>The monotonic time now, in the clock's timestamp units (<see cref="TimeProvider.GetElapsedTime(long, long)"/>).</summary>
    public long Timestamp => _source.GetTimestamp();

    /// <summary>The monotonic time since the loop was created.</summary>
    public TimeSpan Uptime => _source.GetElapsedTime(_origin);

    /// <summary>The context that brings continuations back to the loop.</summary>
    public SynchronizationContext Context { get; }

    /// <summary>Whether the caller runs in a turn of this loop.</summary>
    public bool IsCurrent => ReferenceEquals(SynchronizationContext.Current, Context);

    /// <summary>How many entries of network input were dropped because the loop was behind.</summary>
    public abstract long InputDropped { get; }

    /// <summary>How many entries wait for their turn.</summary>
    public abstract int Pending { get; }

    /// <summary>How many timers run. Called on the loop.</summary>
    public int RunningTimers => _wheel.Count;

    /// <summary>Queues a callback from any thread. Entries posted by one thread run in their order.</summary>
    /// <param name="callback">A static callback, so that posting allocates nothing.</param>
    /// <param name="state">What the callback works on.</param>
    public abstract void Post(SendOrPostCallback callback, object? state);

    /// <summary>Queues work from any thread, as <see cref="Post(SendOrPostCallback, object?)"/> does.</summary>
    public void Post(ILoopWork work) => Post(RunWork, work);

    /// <summary>
    /// Queues what came from the network. The number of such entries that wait is bounded; beyond it the entry is
    /// refused and counted in <see cref="InputDropped"/>.
    /// </summary>
    /// <returns>Whether the entry was taken.</returns>
    public abstract bool TryPostInput(SendOrPostCallback callback, object? state);

    /// <summary>Queues work that came from the network, as <see cref="TryPostInput(SendOrPostCallback, object?)"/> does.</summary>
    public bool TryPostInput(ILoopWork work) => TryPostInput(RunWork, work);

    /// <summary>Queues the continuation of an <c>await</c>.</summary>
    internal abstract void PostContinuation(SendOrPostCallback callback, object? state);

    /// <summary>
    /// To be awaited by code that may be on another thread (a pipe's reader, a socket's completion): what follows the
    /// <c>await</c> runs on the loop.
    /// </summary>
    public LoopAwaitable Enter() => new(this);

    /// <summary>Calls a function on the loop, from any thread. The caller's own context is where it resumes.</summary>
    public async Task InvokeAsync(Func<Task> function)
    {
        await Enter();
        await function();
    }

    /// <summary>Calls a function on the loop, from any thread. The caller's own context is where it resumes.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    public async Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        await Enter();
        return await function();
    }

    /// <summary>Makes a stopped timer that can be started again and again without allocation.</summary>
    /// <param name="callback">Called on the loop when the timer is due.</param>
    /// <param name="state">What the callback works on.</param>
    public LoopTimer CreateTimer(SendOrPostCallback callback, object? state) => new(this, callback, state);

    /// <summary>Makes and starts a timer. Called on the loop.</summary>
    public LoopTimer Schedule(TimeSpan delay, SendOrPostCallback callback, object? state)
    {
        var timer = CreateTimer(callback, state);
        timer.Start(delay);
        return timer;
    }

    /// <summary>Starts a timer; it is never early, and late by at most one tick and the turn that runs.</summary>
    internal void Start(LoopTimer timer, TimeSpan delay)
    {
        var due = Uptime.Ticks + Math.Max(delay.Ticks, 0);
        _wheel.Add(timer, (due + _resolution - 1) / _resolution);
    }

    /// <summary>Stops a timer.</summary>
    internal void Stop(LoopTimer timer) => _wheel.Remove(timer);

    /// <summary>Fires what is due.</summary>
    private protected void FireTimers() => _wheel.Advance(Uptime.Ticks / _resolution);

    /// <summary>How long until a timer may be due; <see cref="Timeout.InfiniteTimeSpan"/> when none runs.</summary>
    private protected TimeSpan UntilNextTimer()
    {
        if (_wheel.NextTick is not { } tick)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var wait = (tick * _resolution) - Uptime.Ticks;
        return wait <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks(wait);
    }
}
