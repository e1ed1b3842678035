namespace PosteRestante.Storage.Records;

/// <summary>What became of a create-if-absent.</summary>
public enum CreateOutcome
{
    /// <summary>The record was made, durably.</summary>
    Created,

    /// <summary>There is one already; nothing was written.</summary>
    Exists,
}
