namespace PosteRestante.Storage.Engine;

/// <summary>Hands one round at a time from the writer to the applier, and word of its end back.</summary>
internal sealed class RoundExchange(Signal writerSignal, Signal applierSignal)
{
    private volatile MemTable? _offered;
    private volatile bool _done;
    private volatile bool _closing;
    private volatile bool _gaveUp;
    private volatile bool _over;

    /// <summary>The round that waits for the applier.</summary>
    public MemTable? Offered => _offered;

    /// <summary>The writer is closing: the applier finishes what it can and does not try again.</summary>
    public bool IsClosing => _closing;

    /// <summary>The applier failed while the store was closing; the journal holds what it did not apply.</summary>
    public bool GaveUp => _gaveUp;

    /// <summary>The writer has no more rounds.</summary>
    public bool IsOver => _over;

    public void Offer(MemTable round)
    {
        _offered = round;
        applierSignal.Set();
    }

    public void Done()
    {
        _offered = null;
        _done = true;
        writerSignal.Set();
    }

    /// <summary>The writer's: whether a round ended since it last asked.</summary>
    public bool TakeDone()
    {
        if (!_done)
        {
            return false;
        }

        _done = false;
        return true;
    }

    public void BeginClose()
    {
        _closing = true;
        applierSignal.Set();
    }

    public void GiveUp()
    {
        _gaveUp = true;
        writerSignal.Set();
    }

    public void End()
    {
        _over = true;
        applierSignal.Set();
    }
}
