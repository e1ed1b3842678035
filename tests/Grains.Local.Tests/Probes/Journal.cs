namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>What grains did, in order; tests wait for entries instead of sleeping.</summary>
public sealed class Journal
{
    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];
    private readonly List<(string Entry, int Times, TaskCompletionSource Seen)> _awaited = [];

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(string entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            foreach (var awaited in _awaited.Where(IsSeen).ToArray())
            {
                awaited.Seen.TrySetResult();
                _awaited.Remove(awaited);
            }
        }
    }

    public int Count(string entry) => Entries.Count(candidate => candidate == entry);

    public Task Seen(string entry, int times = 1)
    {
        lock (_gate)
        {
            var awaited = (entry, times, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (IsSeen(awaited))
            {
                return Task.CompletedTask;
            }

            _awaited.Add(awaited);
            return awaited.Item3.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        }
    }

    private bool IsSeen((string Entry, int Times, TaskCompletionSource Seen) awaited) =>
        _entries.Count(candidate => candidate == awaited.Entry) >= awaited.Times;
}
