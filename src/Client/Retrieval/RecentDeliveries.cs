namespace PosteRestante.Client.Retrieval;

/// <summary>The last deliveries, in memory.</summary>
/// <param name="capacity">How many.</param>
public class RecentDeliveries(int capacity = RecentDeliveries.DefaultCapacity) : IReceivedDeliveries
{
    /// <summary>
    /// Many times what a service may have sent without an answer (64 by default), and no more than 200 KB.
    /// </summary>
    public const int DefaultCapacity = 4096;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>From the oldest to the newest.</summary>
    protected IReadOnlyCollection<string> Ids => _order;

    /// <inheritdoc/>
    public bool Contains(string deliveryId) => _ids.Contains(deliveryId);

    /// <inheritdoc/>
    public virtual void Add(string deliveryId)
    {
        if (!_ids.Add(deliveryId))
        {
            return;
        }

        _order.Enqueue(deliveryId);
        if (_order.Count > capacity)
        {
            _ids.Remove(_order.Dequeue());
        }
    }
}
