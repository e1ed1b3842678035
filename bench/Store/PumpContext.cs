namespace PosteRestante.Bench.Store;

/// <summary>Runs continuations on the one thread that pumps it.</summary>
internal sealed class PumpContext : SynchronizationContext
{
    private readonly object _gate = new();
    private List<(SendOrPostCallback Callback, object? State)> _posted = [];
    private List<(SendOrPostCallback Callback, object? State)> _running = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _posted.Add((d, state));
            if (_posted.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    public void RunUntil(Task done)
    {
        while (!done.IsCompleted)
        {
            lock (_gate)
            {
                while (_posted.Count == 0)
                {
                    Monitor.Wait(_gate);
                }

                (_posted, _running) = (_running, _posted);
            }

            foreach ((SendOrPostCallback callback, object? state) in _running)
            {
                callback(state);
            }

            _running.Clear();
        }
    }
}
