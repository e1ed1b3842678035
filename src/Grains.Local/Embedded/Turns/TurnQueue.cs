namespace Orleans.Embedded.Turns;

/// <summary>The turns of a shard in their order: a ring that only its thread touches.</summary>
internal sealed class TurnQueue
{
    private Turn[] _ring = new Turn[1024];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The turn at a place in the order.</summary>
    public ref readonly Turn this[int index] => ref _ring[(_head + index) & (_ring.Length - 1)];

    public void Add(in Turn turn)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[(_head + Count) & (_ring.Length - 1)] = turn;
        Count++;
    }

    public Turn Take()
    {
        ref var slot = ref _ring[_head];
        var turn = slot;
        slot = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        return turn;
    }

    /// <summary>Takes a turn out of the middle; for simulation, where the order is drawn by lot.</summary>
    public Turn TakeAt(int index)
    {
        var turn = this[index];
        for (var i = index; i > 0; i--)
        {
            _ring[(_head + i) & (_ring.Length - 1)] = this[i - 1];
        }

        Take();
        return turn;
    }

    public void Clear()
    {
        while (Count > 0)
        {
            Take();
        }
    }

    private void Grow()
    {
        var larger = new Turn[_ring.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _head = 0;
    }
}
