namespace Orleans.Runtime;

/// <summary>A bounded queue is full: the call did not run. An edge answers 503.</summary>
public sealed class LimitExceededException : OrleansException
{
    /// <summary>A limit was exceeded.</summary>
    public LimitExceededException()
        : base("Limit exceeded.")
    {
    }

    /// <inheritdoc cref="Exception(string)"/>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="limitName">The limit.</param>
    /// <param name="current">How many there are.</param>
    /// <param name="threshold">How many there may be.</param>
    /// <param name="extraInfo">Where, or null.</param>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit exceeded {limitName} Current={current} Threshold={threshold}{(extraInfo is null ? "" : $" {extraInfo}")}")
    {
    }
}
