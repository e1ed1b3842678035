namespace PosteRestante.Storage.Sqlite;

/// <summary>
/// Keys that the tables hold but their key index does not yet: message keys are random, so each would touch a
/// page of the index by itself. They are gathered here (and, as one row a round, on disk) until a sorted merge
/// is worth it. One key a hash; the rare second one goes straight into the index. The applier adds, all look.
/// </summary>
internal sealed class RecentKeys
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, long> _ids = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ids.Count;
            }
        }
    }

    public bool TryGet(ulong hash, out long id)
    {
        lock (_gate)
        {
            return _ids.TryGetValue(hash, out id);
        }
    }

    /// <summary>Adds keys; the round that holds them is committed.</summary>
    public void Add(ReadOnlySpan<KeyEntry> keys)
    {
        // In parts, so that a look waits for one part only.
        const int Part = 512;
        while (!keys.IsEmpty)
        {
            ReadOnlySpan<KeyEntry> part = keys[..int.Min(Part, keys.Length)];
            lock (_gate)
            {
                foreach (KeyEntry key in part)
                {
                    _ids[key.Hash] = key.Id;
                }
            }

            keys = keys[part.Length..];
        }
    }

    /// <summary>Forgets all: the merge into the index is committed.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _ids.Clear();
        }
    }

    /// <summary>All keys. The applier's, which alone changes them.</summary>
    public IEnumerable<KeyEntry> All() => _ids.Select(static pair => new KeyEntry(pair.Key, pair.Value));
}
