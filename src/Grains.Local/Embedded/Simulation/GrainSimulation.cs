using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Hosting;
using Orleans.Embedded.Reminders;
using Orleans.Hosting;

namespace Orleans.Embedded.Simulation;

/// <summary>
/// A grain runtime without threads: one turn after the other, in an order drawn from a seed, over virtual time, with the
/// faults of a cluster. The same seed does the same again. It crashes and restarts; what the configuration delegate
/// holds on to (stores, reminder tables) is kept.
/// </summary>
public sealed class GrainSimulation : IDisposable
{
    private readonly SimulationOptions _options;
    private readonly Action<ISiloBuilder> _configure;
    private readonly SimulationCore _core;
    private ServiceProvider _services = null!;
    private EmbeddedRuntime _runtime = null!;

    /// <param name="options">The seed and what may happen.</param>
    /// <param name="configure">Configures each silo, the first and those after a crash.</param>
    public GrainSimulation(SimulationOptions options, Action<ISiloBuilder> configure)
    {
        _options = options;
        _configure = configure;
        _core = new SimulationCore(options);
        Clock = options.Clock ?? new VirtualClock();
        Start();
    }

    /// <summary>The clock of grains, calls and timers.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Makes references for code outside grains; another one after a restart.</summary>
    public IGrainFactory GrainFactory => _runtime;

    /// <summary>The services; others after a restart.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Where code outside grains runs, unless it brings a context of its own.</summary>
    public SynchronizationContext Outside => _core.Outside;

    /// <summary>How many turns have run.</summary>
    public long Turns => _core.Trace.Turns;

    /// <summary>A hash over everything that ran: equal for equal runs.</summary>
    public ulong TraceHash => _core.Trace.Hash;

    /// <summary>How many activations there are, ghosts included.</summary>
    public int Activations => _runtime.Shards.Sum(static shard => shard.Activations);

    /// <summary>How long until a timer or a timeout may be due; null: none is awaited.</summary>
    public TimeSpan? UntilNextDue =>
        NextDue is { } due ? Clock.GetElapsedTime(Clock.GetTimestamp(), Math.Max(due, Clock.GetTimestamp())) : null;

    private long? NextDue
    {
        get
        {
            var own = _core.NextDue;
            var clock = (Clock as VirtualClock)?.NextDue;
            return own is null || clock < own ? clock : own;
        }
    }

    /// <summary>Runs one turn. False: none is ready, only time can help.</summary>
    public bool Step() => _core.Step();

    /// <summary>Runs turns until none is ready; the time stands still.</summary>
    public void RunUntilIdle()
    {
        for (var turns = 0L; Step(); turns++)
        {
            if (turns > _options.MaxTurns)
            {
                throw new SimulationStuckException($"Still not idle after {turns} turns (seed {_options.Seed}).");
            }
        }
    }

    /// <summary>Moves the time on by so much, running what becomes ready on the way.</summary>
    public void Advance(TimeSpan time)
    {
        var clock = OwnClock;
        var end = clock.GetTimestamp() + time.Ticks;
        RunUntilIdle();
        while (NextDue is { } due && due <= end)
        {
            clock.AdvanceTo(due);
            RunUntilIdle();
        }

        clock.AdvanceTo(end);
        RunUntilIdle();
    }

    /// <summary>Runs code outside grains to its end, turns and time included.</summary>
    public void Run(Func<Task> outside)
    {
        var task = Begin(outside);
        Complete(task);
        task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run(Func{Task})"/>
    public T Run<T>(Func<Task<T>> outside)
    {
        var task = (Task<T>)Begin(outside);
        Complete(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Drops everything in memory, at whatever point it is; calls without an answer fail.</summary>
    public void Crash()
    {
        _runtime.Crash();
        _services.Dispose();
    }

    /// <summary>Starts anew after a crash.</summary>
    public void Restart() => Start();

    /// <summary>Ends the activations in good order, then stops.</summary>
    public void Stop()
    {
        Run(() => _runtime.StopAsync(CancellationToken.None));
        _services.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => Crash();

    private VirtualClock OwnClock =>
        Clock as VirtualClock ?? throw new InvalidOperationException("Another simulation owns the clock: use Step and UntilNextDue.");

    private void Start()
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(Clock);
        services.AddSingleton(_core);
        var builder = new SiloBuilder(services, configuration);
        services.Configure<EmbeddedRuntimeOptions>(static options => options.CopyArguments = true);
        _configure(builder);
        _services = services.BuildServiceProvider();
        _runtime = _services.GetRequiredService<EmbeddedRuntime>();
        if (_runtime.GrainClock != Clock || _runtime.MessagingClock != Clock)
        {
            throw new InvalidOperationException("The clock of a simulation is set in its options, not as a service.");
        }

        _core.Attach(_runtime);
        var reminders = Begin(_services.GetRequiredService<ReminderService>().StartAsync);
        if (!reminders.IsCompleted)
        {
            Complete(reminders);
        }

        reminders.GetAwaiter().GetResult();
    }

    private Task Begin(Func<Task> outside)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_core.Outside);
        try
        {
            return outside();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private void Complete(Task task)
    {
        var lastTime = Clock.GetTimestamp() + _options.MaxTime.Ticks;
        for (var turns = 0L; !task.IsCompleted; turns++)
        {
            if (Step())
            {
                continue;
            }

            if (task.IsCompleted)
            {
                return;
            }

            if (turns > _options.MaxTurns || NextDue is not { } due || due > lastTime)
            {
                throw new SimulationStuckException($"Code outside grains still waits at {Clock.GetUtcNow():O}, after {turns} turns (seed {_options.Seed}).");
            }

            OwnClock.AdvanceTo(due);
        }
    }
}
