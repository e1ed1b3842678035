using Orleans.Runtime;

namespace Orleans.Embedded.Timers;

/// <summary>A timer of an activation.</summary>
internal abstract class GrainTimer : WheelEntry, IGrainTimer
{
    /// <summary>The next timer of the same activation.</summary>
    public GrainTimer? NextOfActivation { get; set; }

    /// <inheritdoc/>
    public abstract void Change(TimeSpan dueTime, TimeSpan period);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Runs a tick, in a turn of the activation.</summary>
    public abstract Task Call();

    /// <summary>A tick has ended.</summary>
    public abstract void Ticked(Exception? error);
}
