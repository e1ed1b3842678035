namespace PosteRestante.Storage.Faults;

/// <summary>What can go wrong between a grain and its storage.</summary>
public enum StorageFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The call fails and was not executed.</summary>
    FailBefore,

    /// <summary>The call fails although it was executed: its answer was lost.</summary>
    FailAfterCommit,

    /// <summary>The write was executed, was sent again by the transport, and the caller sees the second one's conflict.</summary>
    ConflictAfterCommit,

    /// <summary>The call waits before it is executed.</summary>
    Delay,

    /// <summary>The write was executed, was sent again by the transport, and the caller sees the first one's answer.</summary>
    Duplicate,
}
