namespace PosteRestante.Storage.Records;

/// <summary>Outcome of a create-if-absent.</summary>
/// <param name="Outcome">Created, or found.</param>
/// <param name="ETag">The new record's version; null when another exists (read it).</param>
public readonly record struct CreateResult(CreateOutcome Outcome, string? ETag)
{
    /// <summary>The record was made.</summary>
    public bool IsCreated => Outcome == CreateOutcome.Created;
}
