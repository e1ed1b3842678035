namespace PosteRestante.Grains.Records;

/// <summary>How a record write ended.</summary>
internal enum RecordWriteStatus
{
    /// <summary>It is durable.</summary>
    Written,

    /// <summary>Another write was first; whether this one was made before it is not said.</summary>
    Conflict,

    /// <summary>The store did not confirm; it may or may not have been made.</summary>
    Unavailable,
}
