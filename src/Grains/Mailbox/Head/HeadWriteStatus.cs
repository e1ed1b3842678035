namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>What became of the batch that an operation was in.</summary>
internal enum HeadWriteStatus
{
    /// <summary>Written, or nothing had to be: the operation's result counts.</summary>
    Committed,

    /// <summary>Another activation wrote first. The head has been loaded anew; judge again.</summary>
    Conflict,

    /// <summary>The store did not confirm. The operation may or may not count.</summary>
    Unavailable,
}
