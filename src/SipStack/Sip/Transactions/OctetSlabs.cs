namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// Room for octets that are given up in the order in which they came: large arrays, used again, so that the collector has
/// nothing to trace, move or free for them.
/// </summary>
internal sealed class OctetSlabs
{
    /// <summary>Octets of a slab; over the runtime's limit for large objects (85,000), which are never moved.</summary>
    public const int SlabLength = 256 * 1024;

    private const int MaxSpare = 4;

    private readonly Queue<byte[]> _used = new();
    private readonly Stack<byte[]> _spare = new();
    private byte[] _newest = [];
    private int _length;

    /// <summary>Slabs in use.</summary>
    public int Count => _used.Count;

    /// <summary>Makes room behind what was reserved last.</summary>
    public (byte[] Slab, int Offset) Reserve(int length)
    {
        if (_newest.Length - _length < length)
        {
            _newest = length <= SlabLength && _spare.TryPop(out var spare)
                ? spare
                : GC.AllocateUninitializedArray<byte>(Math.Max(SlabLength, length));
            _used.Enqueue(_newest);
            _length = 0;
        }

        var offset = _length;
        _length += length;
        return (_newest, offset);
    }

    /// <summary>Gives up all slabs before this one, which holds the oldest octets that are still needed; null: all.</summary>
    public void ReleaseBefore(byte[]? oldest)
    {
        while (_used.TryPeek(out var slab) && slab != oldest)
        {
            _used.Dequeue();
            if (slab.Length == SlabLength && _spare.Count < MaxSpare)
            {
                _spare.Push(slab);
            }
        }

        if (_used.Count == 0)
        {
            (_newest, _length) = ([], 0);
        }
    }
}
