using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>A reminder as it is kept.</summary>
public sealed record ReminderRow
{
    /// <summary>The grain that it wakes.</summary>
    public required GrainId GrainId { get; init; }

    /// <summary>Its name, unique within the grain.</summary>
    public required string Name { get; init; }

    /// <summary>When its first tick was due, UTC.</summary>
    public required DateTime StartAt { get; init; }

    /// <summary>The time between ticks.</summary>
    public required TimeSpan Period { get; init; }
}
