namespace PosteRestante.SipStack.Scheduling;

/// <summary>The head of one slot of the timer wheel: a circular list in the order of insertion.</summary>
internal sealed class TimerSlot : TimerLink
{
    public TimerSlot() => Previous = Next = this;

    public bool IsEmpty => ReferenceEquals(Next, this);

    public void Append(TimerLink timer)
    {
        timer.Previous = Previous;
        timer.Next = this;
        Previous!.Next = timer;
        Previous = timer;
    }

    /// <summary>Moves every timer of <paramref name="other"/> behind those here.</summary>
    public void TakeAll(TimerSlot other)
    {
        if (other.IsEmpty)
        {
            return;
        }

        var (first, last) = (other.Next!, other.Previous!);
        other.Previous = other.Next = other;
        first.Previous = Previous;
        Previous!.Next = first;
        last.Next = this;
        Previous = last;
    }

    public static void Unlink(TimerLink timer)
    {
        timer.Previous!.Next = timer.Next;
        timer.Next!.Previous = timer.Previous;
        timer.Previous = timer.Next = null;
    }
}
