using System.Collections.Concurrent;

namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>Named gates that grains wait at until a test opens them, from whatever thread the test runs on.</summary>
public sealed class Gates
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);

    public Task At(string name) => Gate(name).Task;

    public void Open(string name) => Gate(name).TrySetResult();

    private TaskCompletionSource Gate(string name) => _gates.GetOrAdd(name, static _ => new TaskCompletionSource());
}
