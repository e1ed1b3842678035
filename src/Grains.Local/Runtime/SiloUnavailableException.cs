namespace Orleans.Runtime;

/// <summary>The runtime is stopping, stopped or crashed; whether the call ran is not known.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>The silo is unavailable.</summary>
    public SiloUnavailableException()
        : base("The silo is unavailable.")
    {
    }

    /// <inheritdoc cref="Exception(string)"/>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
