using Orleans.Embedded.Timers;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>The reminders of the grains of one shard, in its timer wheel.</summary>
internal sealed class ShardReminders(Shard shard)
{
    private readonly Dictionary<(GrainId GrainId, string Name), Entry> _entries = [];

    /// <summary>Schedules a reminder in place of an earlier one of this name.</summary>
    public void Set(ReminderRow row)
    {
        Remove(row.GrainId, row.Name);
        if (shard.Runtime.ClassOf(row.GrainId.Type) is not { } grainClass || !typeof(IRemindable).IsAssignableFrom(grainClass.Type))
        {
            shard.Runtime.LogReminderOfUnknownGrain(row.GrainId.Type, row.Name);
            return;
        }

        var entry = new Entry(shard, row);
        _entries.Add((row.GrainId, row.Name), entry);
        entry.ScheduleNext();
    }

    /// <summary>Stops a reminder, if there is one.</summary>
    public void Remove(GrainId grainId, string name)
    {
        if (_entries.Remove((grainId, name), out var entry))
        {
            shard.Timers.Cancel(entry);
        }
    }

    private sealed class Entry(Shard shard, ReminderRow row) : WheelEntry
    {
        /// <inheritdoc/>
        public override void Due()
        {
            var now = Now;
            if (now >= row.StartAt)
            {
                var status = new TickStatus(row.StartAt, row.Period, now);
                var call = new ReminderTick(row.Name, status);
                call.Detach(shard.Runtime.ClassOf(row.GrainId.Type)!, row.GrainId.Key);
                shard.Enqueue(Turn.Deliver(call));
            }

            ScheduleNext();
        }

        // Ticks that were missed while the process was down are not made up for: the next one comes when it is due.
        public void ScheduleNext()
        {
            var late = Now - row.StartAt;
            var delay = late < TimeSpan.Zero ? -late : row.Period - TimeSpan.FromTicks(late.Ticks % row.Period.Ticks);
            shard.Timers.Schedule(this, delay);
        }

        private DateTime Now => shard.Runtime.GrainClock.GetUtcNow().UtcDateTime;
    }
}
