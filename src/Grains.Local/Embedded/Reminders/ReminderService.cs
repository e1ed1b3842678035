using Orleans.Embedded.Turns;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Embedded.Reminders;

/// <summary>Registers reminders: first in the table, then on the shard of their grain.</summary>
internal sealed class ReminderService(EmbeddedRuntime runtime, IReminderTable table) : IReminderRegistry
{
    /// <summary>The shortest period, as in Orleans.</summary>
    public static readonly TimeSpan MinimumPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Schedules what the table holds.</summary>
    public async Task StartAsync()
    {
        foreach (var row in await table.ReadAllAsync().ConfigureAwait(false))
        {
            Schedule(row);
        }
    }

    /// <inheritdoc/>
    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, MinimumPeriod);
        var row = new ReminderRow
        {
            GrainId = callingGrainId,
            Name = reminderName,
            StartAt = runtime.GrainClock.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        await table.UpsertAsync(row).ConfigureAwait(true);
        Schedule(row);
        return new GrainReminder(reminderName);
    }

    /// <inheritdoc/>
    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        await table.RemoveAsync(callingGrainId, reminder.ReminderName).ConfigureAwait(true);
        var shard = runtime.ShardOf(callingGrainId.Key);
        shard.Enqueue(Turn.Internal(_ => shard.Reminders.Remove(callingGrainId, reminder.ReminderName), null));
    }

    /// <inheritdoc/>
    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        var rows = await table.ReadAllAsync().ConfigureAwait(true);
        return rows.Any(row => row.GrainId == callingGrainId && string.Equals(row.Name, reminderName, StringComparison.Ordinal))
            ? new GrainReminder(reminderName)
            : null;
    }

    private void Schedule(ReminderRow row)
    {
        var shard = runtime.ShardOf(row.GrainId.Key);
        shard.Enqueue(Turn.Internal(_ => shard.Reminders.Set(row), null));
    }
}
