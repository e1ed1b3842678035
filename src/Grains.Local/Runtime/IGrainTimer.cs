namespace Orleans.Runtime;

/// <summary>A timer of an activation: volatile, ended by <see cref="IDisposable.Dispose"/> or with the activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets the next tick and the period; <see cref="Timeout.InfiniteTimeSpan"/> means none.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
