namespace PosteRestante.Storage.Records;

/// <summary>Outcome of a compare-and-swap.</summary>
/// <param name="Outcome">Replaced, or lost.</param>
/// <param name="ETag">The record's new version; null after a conflict (read it).</param>
public readonly record struct ReplaceResult(ReplaceOutcome Outcome, string? ETag)
{
    /// <summary>The record was replaced.</summary>
    public bool IsReplaced => Outcome == ReplaceOutcome.Replaced;
}
