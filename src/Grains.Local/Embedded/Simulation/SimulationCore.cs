using Orleans.Embedded.Turns;

namespace Orleans.Embedded.Simulation;

/// <summary>Steps the shards of a runtime in an order drawn by lot. Everything happens on the stepping thread.</summary>
internal sealed class SimulationCore(SimulationOptions options)
{
    private readonly SeededRandom _random = new(options.Seed);
    private EmbeddedRuntime? _runtime;

    /// <summary>What happens to calls and activations; null: nothing.</summary>
    public Disorder? Disorder => field ??= new Disorder(options.Disorder, _random);

    /// <summary>Where code outside grains runs.</summary>
    public OutsideContext Outside { get; } = new();

    public SimulationTrace Trace { get; } = new(options.Trace);

    public void Attach(EmbeddedRuntime runtime)
    {
        _runtime = runtime;
        Disorder!.Forget();
    }

    /// <summary>The timestamp at which a timer or a timeout may be due.</summary>
    public long? NextDue
    {
        get
        {
            long? next = null;
            foreach (var shard in _runtime!.Shards)
            {
                next = Earlier(next, shard.Timers.NextDue);
                next = Earlier(next, shard.Unanswered.Oldest?.Links.Deadline);
            }

            return next;
        }
    }

    /// <summary>Runs one turn. False: none is ready.</summary>
    public bool Step()
    {
        var shards = _runtime!.Shards;
        Disorder!.Disturb(shards);
        var ready = Outside.Count;
        foreach (var shard in shards)
        {
            shard.Observe();
            if (!shard.HasTurns)
            {
                _runtime.Stopping?.Observe(shard);
            }

            ready += shard.Turns.Count;
        }

        if (ready == 0)
        {
            return false;
        }

        Run(_random.Next(ready));
        return true;
    }

    private void Run(int drawn)
    {
        foreach (var shard in _runtime!.Shards)
        {
            if (drawn < shard.Turns.Count)
            {
                var index = FirstOfItsActivation(shard.Turns, drawn);
                Trace.Turn(shard.Turns[index]);
                shard.RunTurnAt(index);
                return;
            }

            drawn -= shard.Turns.Count;
        }

        Trace.Outside();
        Outside.Run(drawn);
    }

    // Turns of one activation keep their order, as on Orleans' scheduler; calls on their way to it may overtake.
    private static int FirstOfItsActivation(TurnQueue turns, int drawn)
    {
        if (turns[drawn].Context?.Activation is not { } activation)
        {
            return drawn;
        }

        var index = 0;
        while (!ReferenceEquals(turns[index].Context?.Activation, activation))
        {
            index++;
        }

        return index;
    }

    private static long? Earlier(long? a, long? b) => a is null || b < a ? b : a;
}
