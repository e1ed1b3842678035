namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>A store with group commit: writes wait for each other on a thread of its own, then complete together.</summary>
public sealed class TestStore : IDisposable
{
    private readonly object _gate = new();
    private readonly Thread _thread;
    private List<TaskCompletionSource> _waiting = [];
    private List<TaskCompletionSource> _batch = [];
    private bool _closed;

    public TestStore()
    {
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public Task WriteAsync()
    {
        var done = new TaskCompletionSource();
        lock (_gate)
        {
            _waiting.Add(done);
            Monitor.Pulse(_gate);
        }

        return done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Serve()
    {
        while (true)
        {
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_closed)
                {
                    Monitor.Wait(_gate);
                }

                if (_closed)
                {
                    return;
                }

                (_waiting, _batch) = (_batch, _waiting);
            }

            foreach (var done in _batch)
            {
                done.SetResult();
            }

            _batch.Clear();
        }
    }
}
