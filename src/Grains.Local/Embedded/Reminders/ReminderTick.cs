using Orleans.Embedded.Calls;
using Orleans.Runtime;

namespace Orleans.Embedded.Reminders;

/// <summary>A reminder on its way to its grain.</summary>
internal sealed class ReminderTick(string name, TickStatus status) : GrainCallWithoutResult(nameof(IRemindable.ReceiveReminder), CallOptions.None)
{
    /// <inheritdoc/>
    protected override ValueTask InvokeOn(object grain) => new(((IRemindable)grain).ReceiveReminder(name, status));

    /// <inheritdoc/>
    protected override GrainCall Duplicate() => new ReminderTick(name, status);
}
