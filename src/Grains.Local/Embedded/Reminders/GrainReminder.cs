using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>The handle of a reminder.</summary>
internal sealed record GrainReminder(string ReminderName) : IGrainReminder;
