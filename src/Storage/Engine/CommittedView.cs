namespace PosteRestante.Storage.Engine;

/// <summary>
/// Everything committed that the tables may not hold yet: the table that is being filled, and the one that is
/// being applied. The writer alone changes it, so it reads without the gate; everyone else reads through it.
/// </summary>
internal sealed class CommittedView
{
    private readonly Lock _gate = new();
    private MemTable _filling = new();
    private MemTable _spare = new();
    private MemTable? _applying;

    /// <summary>Memory held by committed writes, in bytes. The writer's; others see it late.</summary>
    public long Bytes => _filling.Bytes + (_applying?.Bytes ?? 0);

    /// <summary>Records held. The writer's; others see it late.</summary>
    public int Count => _filling.Count + (_applying?.Count ?? 0);

    /// <summary>The table that is being filled. The writer's.</summary>
    public MemTable Filling => _filling;

    /// <summary>Whether a round is with the applier. The writer's.</summary>
    public bool IsApplying => _applying is not null;

    /// <summary>Looks a record up, on any thread.</summary>
    public bool TryGet(in RecordKey key, out MemEntry entry)
    {
        lock (_gate)
        {
            return TryGetAsWriter(key, out entry);
        }
    }

    /// <summary>Looks a record up, on the writer's thread.</summary>
    public bool TryGetAsWriter(in RecordKey key, out MemEntry entry) =>
        _filling.TryGet(key, out entry) || (_applying is not null && _applying.TryGet(key, out entry));

    /// <summary>Makes a committed batch visible.</summary>
    public void Publish(List<WriteRequest> batch)
    {
        lock (_gate)
        {
            foreach (WriteRequest write in batch)
            {
                if (write.Row != 0)
                {
                    _filling.Put(write.Key, write.Version, write.Value, write.Replaced, write.Row);
                }
            }
        }
    }

    /// <summary>Closes the table that is being filled and starts another.</summary>
    public MemTable BeginRound()
    {
        lock (_gate)
        {
            _applying = _filling;
            _filling = _spare;
            return _applying;
        }
    }

    /// <summary>Forgets the round, which the tables now hold.</summary>
    public void EndRound()
    {
        MemTable applied;
        lock (_gate)
        {
            applied = _applying ?? throw new InvalidOperationException("No round is being applied.");
            _applying = null;
        }

        applied.Reset();
        _spare = applied;
    }
}
