using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A write met another version than it expected.</summary>
public class InconsistentStateException : OrleansException
{
    /// <summary>A conflict without particulars.</summary>
    public InconsistentStateException()
    {
    }

    /// <inheritdoc cref="Exception(string)"/>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="Exception(string, Exception)"/>
    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The version in the store.</param>
    /// <param name="currentEtag">The version that the writer expected.</param>
    /// <param name="storageException">What the store threw.</param>
    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag, Exception storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The version in the store.</param>
    /// <param name="currentEtag">The version that the writer expected.</param>
    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null!)
    {
    }

    /// <summary>The version in the store.</summary>
    public string? StoredEtag { get; private set; }

    /// <summary>The version that the writer expected.</summary>
    public string? CurrentEtag { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(InconsistentStateException)}: {Message} Stored ETag={StoredEtag} Current ETag={CurrentEtag} {InnerException}";
}
