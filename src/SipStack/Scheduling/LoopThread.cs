using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace PosteRestante.SipStack.Scheduling;

/// <summary>
/// The production loop: one dedicated thread that swaps the list of waiting entries for an empty one and runs it. It
/// is signalled only when it sleeps, so that under load posting costs a short lock and no system call.
/// </summary>
public sealed partial class LoopThread : EventLoop, IAsyncDisposable
{
    private const int InitialCapacity = 1024;

    // This is the place that owns a thread; everything above it is single-threaded and needs no lock.
#pragma warning disable RS0030
    private readonly Lock _gate = new();
#pragma warning restore RS0030
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly int _maxPendingInput;
    private List<LoopItem> _waiting = new(InitialCapacity);
    private List<LoopItem> _running = new(InitialCapacity);
    private int _waitingInput;
    private bool _asleep;
    private bool _started;
    private bool _stopping;
    private bool _closed;
    private long _inputDropped;
    private long _refused;

    /// <summary>Creates the loop; <see cref="Start"/> starts its thread.</summary>
    /// <param name="name">The name of the thread.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="source">The clock, a real one: the thread sleeps by it.</param>
    /// <param name="logger">Where a fault of an entry is written.</param>
    public LoopThread(string name, LoopOptions options, TimeProvider source, ILogger logger)
        : base(source, options.TimerResolution)
    {
        _logger = logger;
        _maxPendingInput = options.MaxPendingInput;
        _thread = new Thread(RunThread) { Name = name, IsBackground = true };
    }

    /// <inheritdoc/>
    public override long InputDropped => Volatile.Read(ref _inputDropped);

    /// <summary>How many entries came after the loop had ended, and were not run.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <inheritdoc/>
    public override int Pending
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Starts the thread; entries posted before wait for it.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_started || _stopping)
            {
                throw new InvalidOperationException("An event loop starts once.");
            }

            _started = true;
        }

        _thread.Start();
    }

    /// <summary>
    /// Takes no more network input, runs what waits and what that posts, then ends the thread. Timers that still run
    /// never fire; entries that come later are counted in <see cref="Refused"/>.
    /// </summary>
    /// <returns>Completed when the thread has ended.</returns>
    public Task StopAsync()
    {
        bool started;
        lock (_gate)
        {
            _stopping = true;
            started = _started;
            _closed |= !started;
        }

        _wake.Set();
        if (!started)
        {
            _ended.TrySetResult();
        }

        return _ended.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback callback, object? state)
    {
        bool wake;
        lock (_gate)
        {
            if (_closed)
            {
                _refused++;
                return;
            }

            _waiting.Add(new LoopItem(callback, state));
            wake = TakeSleep();
        }

        Wake(wake);
    }

    /// <inheritdoc/>
    public override bool TryPostInput(SendOrPostCallback callback, object? state)
    {
        bool wake;
        lock (_gate)
        {
            if (_stopping || _waitingInput >= _maxPendingInput)
            {
                _inputDropped++;
                return false;
            }

            _waitingInput++;
            _waiting.Add(new LoopItem(callback, state));
            wake = TakeSleep();
        }

        Wake(wake);
        return true;
    }

    internal override void PostContinuation(SendOrPostCallback callback, object? state) => Post(callback, state);

    private bool TakeSleep()
    {
        var wake = _asleep;
        _asleep = false;
        return wake;
    }

    private void Wake(bool wake)
    {
        if (wake)
        {
            _wake.Set();
        }
    }

    private void RunThread()
    {
        SynchronizationContext.SetSynchronizationContext(Context);
        var root = ExecutionContext.Capture();
        while (TakeBatch())
        {
            RunBatch(root);
            Guarded(static loop => loop.FireTimers());
            Restore(root);
        }

        _ended.SetResult();
    }

    /// <summary>Waits for entries or a timer and makes the waiting list the running one.</summary>
    /// <returns>False when the loop is to end and nothing waits.</returns>
    private bool TakeBatch()
    {
        lock (_gate)
        {
            if (Swap())
            {
                return true;
            }

            if (_stopping)
            {
                _closed = true;
                return false;
            }

            _asleep = true;
        }

        _wake.WaitOne(UntilNextTimer());
        lock (_gate)
        {
            _asleep = false;
            Swap();
            return true;
        }
    }

    private bool Swap()
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        (_waiting, _running) = (_running, _waiting);
        _waitingInput = 0;
        return true;
    }

    private void RunBatch(ExecutionContext? root)
    {
        foreach (ref readonly var item in CollectionsMarshal.AsSpan(_running))
        {
            RunItem(in item);
            Restore(root);
        }

        _running.Clear();
    }

    /// <summary>An entry that left its Activity or another async-local behind does not lend it to the next one.</summary>
    private static void Restore(ExecutionContext? root)
    {
        if (root is not null && !ReferenceEquals(ExecutionContext.Capture(), root))
        {
            ExecutionContext.Restore(root);
        }
    }

    // The top of the loop: a fault is a bug in one entry, it is logged and the others go on.
#pragma warning disable CA1031
    private void RunItem(in LoopItem item)
    {
        try
        {
            item.Run();
        }
        catch (Exception fault)
        {
            LogFault(_logger, fault);
        }
    }

    private void Guarded(Action<LoopThread> turn)
    {
        try
        {
            turn(this);
        }
        catch (Exception fault)
        {
            LogFault(_logger, fault);
        }
    }
#pragma warning restore CA1031
}
