namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>What the head says to a deposit.</summary>
internal enum DepositVerdict
{
    /// <summary>Added.</summary>
    Added,

    /// <summary>It is there and waits.</summary>
    Waiting,

    /// <summary>It is there but has ended or expired.</summary>
    Handled,

    /// <summary>There is no room.</summary>
    Full,

    /// <summary>Another activation wrote since the message record was stored: look again.</summary>
    LookAgain,
}
