namespace PosteRestante.Storage;

/// <summary>What a caller may conclude from a storage failure.</summary>
public enum StorageFailureKind
{
    /// <summary>It is not known whether the write was made; read back before anything else is done.</summary>
    Unknown,

    /// <summary>Nothing was written, and trying again later may succeed (the store is overloaded or closing).</summary>
    NotExecuted,

    /// <summary>Nothing was written, and the same request will not succeed (a record or name over its limit).</summary>
    Refused,

    /// <summary>Stored octets are not what was written or are of a format that this version does not know.</summary>
    Damaged,
}
