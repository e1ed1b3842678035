namespace Orleans.Runtime;

/// <summary>The root of the runtime's exceptions.</summary>
public class OrleansException : Exception
{
    /// <summary>An exception without a message.</summary>
    public OrleansException()
    {
    }

    /// <inheritdoc cref="Exception(string)"/>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
