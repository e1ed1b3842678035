using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>Where reminders are kept. Durable ones survive a crash; a write has been synced when it returns.</summary>
public interface IReminderTable
{
    /// <summary>Every reminder; asked once, at the start.</summary>
    ValueTask<IReadOnlyList<ReminderRow>> ReadAllAsync();

    /// <summary>Writes a reminder, whether there was one of this grain and name or not.</summary>
    ValueTask UpsertAsync(ReminderRow row);

    /// <summary>Removes a reminder, if there is one.</summary>
    ValueTask RemoveAsync(GrainId grainId, string name);
}
