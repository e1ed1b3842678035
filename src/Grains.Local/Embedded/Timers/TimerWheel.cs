namespace Orleans.Embedded.Timers;

/// <summary>
/// The timers of a shard in one hashed wheel: starting and stopping are a few pointer writes, however many there are.
/// It is coarse: an entry is due at the first tick that is not before its time.
/// </summary>
internal sealed class TimerWheel
{
    private const int Slots = 512;

    private readonly WheelEntry?[] _slots = new WheelEntry?[Slots];
    private readonly ulong[] _occupied = new ulong[Slots / 64];
    private readonly List<WheelEntry> _due = [];
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly long _resolution;
    private long _now;
    private long _order;

    /// <param name="clock">The clock.</param>
    /// <param name="resolution">The length of a tick.</param>
    public TimerWheel(TimeProvider clock, TimeSpan resolution)
    {
        _clock = clock;
        _origin = clock.GetTimestamp();
        _resolution = Math.Max(1, (long)(resolution.TotalSeconds * clock.TimestampFrequency));
    }

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The timestamp at which an entry may be due; null: there is none.</summary>
    public long? NextDue
    {
        get
        {
            if (Count == 0)
            {
                return null;
            }

            for (var ahead = 1; ahead <= Slots; ahead++)
            {
                var slot = (int)((_now + ahead) & (Slots - 1));
                if ((_occupied[slot >> 6] & (1UL << slot)) != 0)
                {
                    return _origin + ((_now + ahead) * _resolution);
                }
            }

            return null;
        }
    }

    /// <summary>Starts an entry, or starts it anew.</summary>
    public void Schedule(WheelEntry entry, TimeSpan delay)
    {
        Cancel(entry);
        var elapsed = _clock.GetTimestamp() - _origin;
        var due = elapsed + (long)Math.Min(delay.TotalSeconds * _clock.TimestampFrequency, long.MaxValue / 4);
        entry.Tick = Math.Max(_now + 1, (due + _resolution - 1) / _resolution);
        entry.Order = ++_order;
        entry.IsScheduled = true;
        var slot = (int)(entry.Tick & (Slots - 1));
        entry.Next = _slots[slot];
        if (entry.Next is { } next)
        {
            next.Previous = entry;
        }

        _slots[slot] = entry;
        _occupied[slot >> 6] |= 1UL << slot;
        Count++;
    }

    /// <summary>Stops an entry; one that does not run is left alone.</summary>
    public void Cancel(WheelEntry entry)
    {
        if (!entry.IsScheduled)
        {
            return;
        }

        var slot = (int)(entry.Tick & (Slots - 1));
        if (entry.Previous is { } previous)
        {
            previous.Next = entry.Next;
        }
        else
        {
            _slots[slot] = entry.Next;
            if (entry.Next is null)
            {
                _occupied[slot >> 6] &= ~(1UL << slot);
            }
        }

        if (entry.Next is { } next)
        {
            next.Previous = entry.Previous;
        }

        (entry.Next, entry.Previous, entry.IsScheduled) = (null, null, false);
        Count--;
    }

    /// <summary>Makes due what is due by now, in the order of time.</summary>
    public void Advance()
    {
        var tick = (_clock.GetTimestamp() - _origin) / _resolution;
        if (tick <= _now)
        {
            return;
        }

        if (Count > 0)
        {
            Gather(tick);
        }

        _now = tick;
        if (_due.Count == 0)
        {
            return;
        }

        _due.Sort(static (a, b) => a.Tick != b.Tick ? a.Tick.CompareTo(b.Tick) : a.Order.CompareTo(b.Order));
        foreach (var entry in _due)
        {
            entry.Due();
        }

        _due.Clear();
    }

    /// <summary>Stops everything.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Array.Clear(_occupied);
        Count = 0;
    }

    private void Gather(long tick)
    {
        var steps = Math.Min(tick - _now, Slots);
        for (var step = 1; step <= steps; step++)
        {
            var entry = _slots[(int)((_now + step) & (Slots - 1))];
            while (entry is not null)
            {
                var next = entry.Next;
                if (entry.Tick <= tick)
                {
                    Cancel(entry);
                    _due.Add(entry);
                }

                entry = next;
            }
        }
    }
}
