using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>The completed transactions in the order of their end. All wait for the same time, so the list is in order by itself.</summary>
internal sealed class CompletedTransactions
{
    private readonly EventLoop _loop;
    private readonly int _capacity;
    private readonly Action<CompletedTransaction> _forget;
    private readonly Action _evicted;
    private readonly LoopTimer _timer;
    private CompletedTransaction? _oldest;
    private CompletedTransaction? _newest;

    public CompletedTransactions(EventLoop loop, int capacity, Action<CompletedTransaction> forget, Action evicted)
    {
        _loop = loop;
        _capacity = capacity;
        _forget = forget;
        _evicted = evicted;
        _timer = loop.CreateTimer(static state => ((CompletedTransactions)state!).RemoveDue(), this); // timer J of all of them
    }

    public int Count { get; private set; }

    public void Add(CompletedTransaction completed)
    {
        if (Count == _capacity)
        {
            RemoveOldest();
            _evicted();
        }

        if (_newest is null)
        {
            _oldest = completed;
        }
        else
        {
            _newest.Next = completed;
        }

        _newest = completed;
        Count++;
        if (!_timer.IsRunning)
        {
            _timer.Start(_oldest!.EndAt - _loop.Uptime);
        }
    }

    private void RemoveDue()
    {
        var now = _loop.Uptime;
        while (_oldest is not null && _oldest.EndAt <= now)
        {
            RemoveOldest();
        }

        if (_oldest is not null)
        {
            _timer.Start(_oldest.EndAt - now);
        }
    }

    private void RemoveOldest()
    {
        var oldest = _oldest!;
        _oldest = oldest.Next;
        oldest.Next = null;
        if (_oldest is null)
        {
            _newest = null;
        }

        Count--;
        _forget(oldest);
    }
}
