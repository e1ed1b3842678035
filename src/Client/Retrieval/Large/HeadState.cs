namespace PosteRestante.Client.Retrieval.Large;

/// <summary>What the beginning of a message is.</summary>
internal enum HeadState
{
    /// <summary>It ends in the middle of the head.</summary>
    NeedsMore,

    /// <summary>The head is whole.</summary>
    Whole,

    /// <summary>It is not of the form that 12.2.2.5 prescribes, or over a limit.</summary>
    Malformed,
}
