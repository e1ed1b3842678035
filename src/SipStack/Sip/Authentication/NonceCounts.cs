namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>
/// Which counts of which nonces were used. A count is good once; of late ones, 64 below the highest are. Bounded: what is
/// forgotten was issued before <see cref="Horizon"/>, and nothing of that age is good for anything new.
/// </summary>
internal sealed class NonceCounts(int capacity, long horizon = long.MinValue)
{
    private const int Window = 64;

    private readonly Dictionary<string, Use> _uses = new(StringComparer.Ordinal);
    private readonly Queue<(string Nonce, long IssuedAt)> _order = [];

    /// <summary>Nonces issued until then may have been forgotten, or used before there was a memory of it.</summary>
    public long Horizon { get; private set; } = horizon;

    public int Count => _uses.Count;

    /// <summary>Uses a count.</summary>
    /// <returns>False when it was used before, or is too old to tell.</returns>
    public bool TryUse(string nonce, long issuedAt, uint count)
    {
        if (_uses.TryGetValue(nonce, out var use))
        {
            return use.TryAdd(count);
        }

        if (issuedAt <= Horizon)
        {
            return false;
        }

        if (_uses.Count == capacity)
        {
            ForgetOldest();
        }

        _uses.Add(nonce, new Use(count));
        _order.Enqueue((nonce, issuedAt));
        return true;
    }

    /// <summary>Whether a count was used, as far as is known; uses nothing.</summary>
    public bool MayBeUsed(string nonce, long issuedAt, uint count) =>
        _uses.TryGetValue(nonce, out var use) ? use.MayBeUsed(count) : issuedAt <= Horizon;

    /// <summary>Forgets those that are too old to be good in any case.</summary>
    public void ForgetIssuedBefore(long issuedAt)
    {
        while (_order.TryPeek(out var oldest) && oldest.IssuedAt < issuedAt)
        {
            ForgetOldest();
        }
    }

    private void ForgetOldest()
    {
        var (nonce, issuedAt) = _order.Dequeue();
        _uses.Remove(nonce);
        Horizon = Math.Max(Horizon, issuedAt);
    }

    private sealed class Use(uint highest)
    {
        private uint _highest = highest;
        private ulong _used = 1; // bit n: the highest less n

        public bool TryAdd(uint count)
        {
            if (count > _highest)
            {
                var step = count - _highest;
                _used = step >= Window ? 1 : (_used << (int)step) | 1;
                _highest = count;
                return true;
            }

            if (MayBeUsed(count))
            {
                return false;
            }

            _used |= 1UL << (int)(_highest - count);
            return true;
        }

        public bool MayBeUsed(uint count)
        {
            if (count > _highest)
            {
                return false;
            }

            var age = _highest - count;
            return age >= Window || (_used & (1UL << (int)age)) != 0;
        }
    }
}
