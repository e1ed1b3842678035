using System.Numerics;

namespace PosteRestante.SipStack.Scheduling;

/// <summary>
/// A hierarchical timer wheel: ten levels of 64 slots, each level 64 times coarser than the one below, with one bit
/// for each occupied slot. A timer sits on the level of the highest base-64 digit in which its due tick differs from
/// the present one, so every timer of a level is due before any timer of the level above, and the next one is found
/// by two bit scans.
/// </summary>
internal sealed class TimerWheel
{
    private const int Bits = 6;
    private const int SlotsPerLevel = 1 << Bits;
    private const int Levels = 10;
    private const int Firing = -1;

    /// <summary>The last tick that fits: 2^60 - 1.</summary>
    private const long LastTick = (1L << (Bits * Levels)) - 1;

    private readonly ulong[] _occupied = new ulong[Levels];
    private readonly TimerSlot?[] _slots = new TimerSlot?[Levels * SlotsPerLevel];
    private readonly TimerSlot _firing = new() { Slot = Firing };

    /// <summary>How many timers run.</summary>
    public int Count { get; private set; }

    /// <summary>The tick up to which everything was fired.</summary>
    public long Now { get; private set; }

    /// <summary>The earliest tick at which <see cref="Advance"/> has something to do; null when no timer runs.</summary>
    public long? NextTick => TryFindNext(out _, out var tick) ? tick : null;

    /// <summary>Starts a timer, or moves it; it is due one tick from now at the earliest.</summary>
    public void Add(LoopTimer timer, long due)
    {
        Remove(timer);
        timer.Due = Math.Clamp(due, Now + 1, LastTick);
        Insert(timer);
        Count++;
    }

    /// <summary>Stops a timer that may be running.</summary>
    public void Remove(LoopTimer timer)
    {
        if (timer.Next is null)
        {
            return;
        }

        TimerSlot.Unlink(timer);
        Count--;
        if (timer.Slot != Firing && _slots[timer.Slot]!.IsEmpty)
        {
            ClearBit(timer.Slot);
        }
    }

    /// <summary>Fires every timer due until <paramref name="tick"/>, in the order of their ticks and then of their start.</summary>
    public void Advance(long tick)
    {
        while (TryFindNext(out var slot, out var at) && at <= tick)
        {
            Now = at;
            ClearBit(slot);
            _firing.TakeAll(_slots[slot]!);
            for (var link = _firing.Next!; link != _firing; link = link.Next!)
            {
                link.Slot = Firing;
            }

            FireOrSinkAll();
        }

        Now = Math.Max(Now, tick);
    }

    private void FireOrSinkAll()
    {
        while (!_firing.IsEmpty)
        {
            var timer = (LoopTimer)_firing.Next!;
            TimerSlot.Unlink(timer);
            if (timer.Due > Now)
            {
                Insert(timer);
            }
            else
            {
                Count--;
                timer.Fire();
            }
        }
    }

    private void Insert(LoopTimer timer)
    {
        var level = BitOperations.Log2((ulong)(timer.Due ^ Now)) / Bits;
        var digit = (int)(timer.Due >> (level * Bits)) & (SlotsPerLevel - 1);
        var slot = (level * SlotsPerLevel) + digit;
        timer.Slot = slot;
        (_slots[slot] ??= new TimerSlot()).Append(timer);
        _occupied[level] |= 1UL << digit;
    }

    private void ClearBit(int slot) => _occupied[slot / SlotsPerLevel] &= ~(1UL << (slot % SlotsPerLevel));

    private bool TryFindNext(out int slot, out long tick)
    {
        for (var level = 0; level < Levels; level++)
        {
            if (_occupied[level] is not 0 and var bits)
            {
                var digit = BitOperations.TrailingZeroCount(bits);
                var shift = level * Bits;
                slot = (level * SlotsPerLevel) + digit;

                // The digits above are those of now, the ones below are zero: the beginning of the slot.
                tick = (Now >> (shift + Bits) << (shift + Bits)) | ((long)digit << shift);
                return true;
            }
        }

        (slot, tick) = (0, 0);
        return false;
    }
}
