namespace PosteRestante.Storage.Engine;

/// <summary>
/// Reads the tables; belongs to one thread. A caller asks memory first and the tables after that, so that what
/// the applier moves from one to the other in between is found.
/// </summary>
internal interface ITableReader : IDisposable
{
    /// <summary>The version of a record, without its value.</summary>
    /// <exception cref="StorageFailureException">The tables cannot be read.</exception>
    RecordVersion Find(in RecordKey key);

    /// <summary>The record with its value.</summary>
    /// <exception cref="StorageFailureException">The tables cannot be read.</exception>
    StoredRecord Read(in RecordKey key);
}
