namespace Orleans.Runtime;

/// <summary>A reminder could not be registered or removed.</summary>
public sealed class ReminderException : OrleansException
{
    /// <inheritdoc cref="Exception(string)"/>
    public ReminderException(string message)
        : base(message)
    {
    }
}
