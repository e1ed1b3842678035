using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// The completed transactions, found by key, in the order of their end. All wait for the same time, so the order of arrival is
/// that order: a ring. No object for each of them: tens of thousands come and go every second, and each would live just long
/// enough to be moved by the collector, twice.
/// </summary>
internal sealed class CompletedTransactions
{
    private const int InitialCapacity = 1024;
    private const long None = -1;

    private readonly EventLoop _loop;
    private readonly int _limit;
    private readonly Action _evicted;
    private readonly LoopTimer _timer;
    private readonly OctetSlabs _slabs = new();
    private CompletedTransaction[] _ring = new CompletedTransaction[InitialCapacity];
    private long[] _buckets = NewBuckets(InitialCapacity);
    private long _oldest;
    private long _next;

    public CompletedTransactions(EventLoop loop, int limit, Action evicted)
    {
        _loop = loop;
        _limit = limit;
        _evicted = evicted;
        _timer = loop.CreateTimer(static state => ((CompletedTransactions)state!).RemoveDue(), this); // timer J of all of them
    }

    public int Count => (int)(_next - _oldest);

    /// <summary>Keeps a transaction; beyond the limit the oldest is forgotten.</summary>
    public void Add(TransactionKey key, SipFlow flow, ReadOnlySpan<byte> response, int status, TimeSpan endAt)
    {
        if (Count == _limit)
        {
            RemoveOldest();
            ReleaseSlabs();
            _evicted();
        }
        else if (Count == _ring.Length)
        {
            Grow();
        }

        var (slab, offset) = _slabs.Reserve(key.Octets.Length + response.Length);
        key.Octets.CopyTo(slab.AsSpan(offset));
        response.CopyTo(slab.AsSpan(offset + key.Octets.Length));
        ref var bucket = ref Bucket(key.GetHashCode());
        At(_next) = new CompletedTransaction
        {
            Flow = flow,
            Slab = slab,
            EndAt = endAt,
            Offset = offset,
            KeyLength = key.Octets.Length,
            ResponseLength = response.Length,
            Status = status,
            Hash = key.GetHashCode(),
            Older = bucket,
        };
        bucket = _next++;
        if (!_timer.IsRunning)
        {
            _timer.Start(At(_oldest).EndAt - _loop.Uptime);
        }
    }

    /// <summary>Finds a transaction; the result is good until the next call.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, out CompletedTransaction found)
    {
        var hash = TransactionKey.Hash(key);
        for (var number = Bucket(hash); number >= _oldest; number = At(number).Older)
        {
            ref var completed = ref At(number);
            if (completed.Hash == hash && completed.Key.SequenceEqual(key))
            {
                found = completed;
                return true;
            }
        }

        found = default;
        return false;
    }

    private void RemoveDue()
    {
        var now = _loop.Uptime;
        while (Count > 0 && At(_oldest).EndAt <= now)
        {
            RemoveOldest();
        }

        ReleaseSlabs();
        if (Count > 0)
        {
            _timer.Start(At(_oldest).EndAt - now);
        }
    }

    // A chain runs from newer to older, so whoever follows it stops at a number that is forgotten: nothing to unlink.
    private void RemoveOldest() => At(_oldest++) = default;

    private void ReleaseSlabs() => _slabs.ReleaseBefore(Count > 0 ? At(_oldest).Slab : null);

    private ref CompletedTransaction At(long number) => ref _ring[number & (_ring.Length - 1)];

    private ref long Bucket(int hash) => ref _buckets[hash & (_buckets.Length - 1)];

    private void Grow()
    {
        var (old, oldMask) = (_ring, _ring.Length - 1);
        _ring = new CompletedTransaction[old.Length * 2];
        _buckets = NewBuckets(_ring.Length);
        for (var number = _oldest; number < _next; number++)
        {
            ref var moved = ref At(number);
            moved = old[number & oldMask];
            ref var bucket = ref Bucket(moved.Hash);
            (moved.Older, bucket) = (bucket, number);
        }
    }

    private static long[] NewBuckets(int count)
    {
        var buckets = new long[count];
        Array.Fill(buckets, None);
        return buckets;
    }
}
