namespace PosteRestante.Storage.Engine;

/// <summary>
/// The acknowledged part of the store: sequential appends, synced by <see cref="Commit"/>. Appending belongs to
/// the writer, <see cref="Trim"/> to the applier; the two may run at the same time.
/// </summary>
internal interface IJournal : IDisposable
{
    /// <summary>Hands out the blocks that hold rows after <paramref name="afterRow"/>, in order. Only at start.</summary>
    void Replay(long afterRow, JournalVisitor visit);

    /// <summary>Adds a block of consecutive rows to the open batch.</summary>
    /// <exception cref="StorageFailureException">The batch is undone.</exception>
    void Append(long firstRow, long lastRow, ReadOnlySpan<byte> block);

    /// <summary>Makes the open batch durable: when it returns, the batch survives a crash.</summary>
    /// <exception cref="StorageFailureException">The batch is undone.</exception>
    void Commit();

    /// <summary>Gives back what holds only rows up to <paramref name="row"/>, which the tables have synced.</summary>
    void Trim(long row);
}
