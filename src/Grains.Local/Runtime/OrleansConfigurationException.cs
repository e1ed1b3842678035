namespace Orleans.Runtime;

/// <summary>The runtime cannot start with what it was given.</summary>
public sealed class OrleansConfigurationException : Exception
{
    /// <inheritdoc cref="Exception(string)"/>
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public OrleansConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
