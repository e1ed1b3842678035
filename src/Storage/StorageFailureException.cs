namespace PosteRestante.Storage;

/// <summary>The one exception that leaves the storage: everything but a lost race, which is a result.</summary>
public sealed class StorageFailureException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageFailureException(StorageFailureKind kind, string message, Exception? cause = null)
        : base(message, cause) => Kind = kind;

    /// <summary>What may be concluded from it.</summary>
    public StorageFailureKind Kind { get; }
}
