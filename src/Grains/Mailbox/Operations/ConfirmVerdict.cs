namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>What the head says to a confirmation.</summary>
internal enum ConfirmVerdict
{
    /// <summary>Recorded, and the token holds the lease.</summary>
    Held,

    /// <summary>Recorded; the lease is somebody else's.</summary>
    Superseded,

    /// <summary>Nothing recorded: an entry stands in a page that has to be read first.</summary>
    NeedsPages,

    /// <summary>Nothing recorded: earlier decisions have to be carried out first.</summary>
    NoRoom,
}
