using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>Reminders that live as long as this object: in tests over several runtimes, otherwise as long as the process.</summary>
public sealed class InMemoryReminderTable : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId GrainId, string Name), ReminderRow> _rows = new();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReminderRow>> ReadAllAsync() =>
        new([.. _rows.Values.OrderBy(static row => row.GrainId).ThenBy(static row => row.Name, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public ValueTask UpsertAsync(ReminderRow row)
    {
        _rows[(row.GrainId, row.Name)] = row;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(GrainId grainId, string name)
    {
        _rows.TryRemove((grainId, name), out _);
        return ValueTask.CompletedTask;
    }
}
