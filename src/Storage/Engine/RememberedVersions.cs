namespace PosteRestante.Storage.Engine;

/// <summary>
/// The versions of records that were rewritten lately (mailbox heads), so that the next compare-and-swap needs
/// no look at the tables. Two generations: when the younger is full it becomes the older and that is forgotten.
/// The writer's; every write passes it, so what it knows is never stale.
/// </summary>
internal sealed class RememberedVersions(int limit)
{
    private readonly int _generationLimit = int.Max(1, limit / 2);
    private Dictionary<RecordKey, RecordVersion> _young = [];
    private Dictionary<RecordKey, RecordVersion> _old = [];

    public bool TryGet(in RecordKey key, out RecordVersion version)
    {
        if (_young.TryGetValue(key, out version))
        {
            return true;
        }

        if (!_old.Remove(key, out version))
        {
            return false;
        }

        Set(key, version);
        return true;
    }

    public void Set(in RecordKey key, RecordVersion version)
    {
        if (_young.Count >= _generationLimit && !_young.ContainsKey(key))
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young[key] = version;
    }

    public void Forget(in RecordKey key)
    {
        _young.Remove(key);
        _old.Remove(key);
    }
}
