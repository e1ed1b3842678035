namespace PosteRestante.Storage.Records;

/// <summary>What became of a compare-and-swap.</summary>
public enum ReplaceOutcome
{
    /// <summary>The record was replaced, durably.</summary>
    Replaced,

    /// <summary>The record is at another version, or gone; nothing was written.</summary>
    Conflict,
}
