using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>The reminders of grains: durable, at least a minute apart.</summary>
public interface IReminderRegistry
{
    /// <summary>Registers a reminder or replaces the one of this name.</summary>
    Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

    /// <summary>Removes a reminder; one that is gone already is no error.</summary>
    Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

    /// <summary>The reminder of this name, or null.</summary>
    Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);
}
