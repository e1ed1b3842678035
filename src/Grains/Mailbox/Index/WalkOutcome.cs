namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>How a walk through the index ended.</summary>
internal enum WalkOutcome
{
    /// <summary>At the end, or where the query had enough.</summary>
    Done,

    /// <summary>A page is gone: the head that named it is old.</summary>
    StaleHead,

    /// <summary>The store did not answer.</summary>
    Unavailable,
}
