namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>
/// Runs everything a test starts on this thread, one continuation at a time, in an order that the seed chooses: every
/// interleaving that a reentrant grain allows can happen, and the same seed brings it back.
/// </summary>
public sealed class SeededPump(Random random) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];

    public override void Post(SendOrPostCallback d, object? state) => _ready.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Lets others go first, perhaps several times.</summary>
    public async Task StepAsync()
    {
        for (var turns = random.Next(4); turns > 0; turns--)
        {
            await Task.Yield();
        }
    }

    /// <summary>Runs a scenario to its end.</summary>
    public void Run(Func<Task> scenario)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = scenario();
            while (!task.IsCompleted)
            {
                if (_ready.Count == 0)
                {
                    throw new InvalidOperationException("Everything waits and nothing can wake it.");
                }

                RunOne();
            }

            task.GetAwaiter().GetResult();
            while (_ready.Count > 0)
            {
                RunOne();
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void RunOne()
    {
        var chosen = random.Next(_ready.Count);
        var (callback, state) = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        callback(state);
    }
}
