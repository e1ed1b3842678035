namespace PosteRestante.SipStack.Msrp;

/// <summary>The Message-IDs of the last messages that were received whole, so that repeats are known (RFC 4975 5.4).</summary>
internal sealed class MsrpRecentIds(int capacity)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool Contains(ReadOnlySpan<char> id) => _ids.GetAlternateLookup<ReadOnlySpan<char>>().Contains(id);

    public void Add(string id)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        _order.Enqueue(id);
        if (_order.Count > capacity)
        {
            _ids.Remove(_order.Dequeue());
        }
    }
}
