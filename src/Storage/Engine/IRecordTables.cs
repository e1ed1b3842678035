namespace PosteRestante.Storage.Engine;

/// <summary>The keyed part of the store, filled behind the journal by the applier, which alone changes it.</summary>
internal interface IRecordTables : IDisposable
{
    /// <summary>The last row of the journal that the tables hold.</summary>
    long AppliedRow { get; }

    /// <summary>How names are hashed in this store.</summary>
    KeyHasher Hasher { get; }

    /// <summary>How many records there are, about: sizes the filter.</summary>
    long EstimateCount();

    /// <summary>Hands out the hash of every key. Only at start.</summary>
    void VisitKeyHashes(Action<ulong> visit);

    /// <summary>Applies a round in one transaction, which also carries the round's last row.</summary>
    /// <exception cref="StorageFailureException">Nothing of the round was applied.</exception>
    void Apply(MemTable round);

    /// <summary>Syncs what was applied. True when all of it is durable, so that the journal may be trimmed.</summary>
    bool Sync();

    /// <summary>A view for one other thread.</summary>
    ITableReader OpenReader();
}
