namespace PosteRestante.Storage.Engine;

/// <summary>A bounded queue from many threads to one worker, which takes all that waits at once.</summary>
internal sealed class WorkQueue<T>(int limit, Signal signal)
{
    private readonly Lock _gate = new();
    private List<T> _items = [];
    private bool _closed;

    /// <summary>Items that wait, as of now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>Whether items are refused.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    public QueueAnswer Add(T item)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return QueueAnswer.Closed;
            }

            if (_items.Count >= limit)
            {
                return QueueAnswer.Full;
            }

            _items.Add(item);
            if (_items.Count > 1)
            {
                return QueueAnswer.Added;
            }
        }

        signal.Set();
        return QueueAnswer.Added;
    }

    /// <summary>Takes everything that waits, in order, in exchange for an empty list.</summary>
    public List<T> TakeAll(List<T> empty)
    {
        lock (_gate)
        {
            (List<T> taken, _items) = (_items, empty);
            return taken;
        }
    }

    /// <summary>Refuses items from now on; what waits is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        signal.Set();
    }
}
