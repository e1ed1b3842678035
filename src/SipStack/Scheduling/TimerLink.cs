namespace PosteRestante.SipStack.Scheduling;

/// <summary>A link of the circular lists of the timer wheel: a timer, or the head of a slot.</summary>
public abstract class TimerLink
{
    private protected TimerLink()
    {
    }

    internal TimerLink? Previous { get; set; }

    internal TimerLink? Next { get; set; }

    /// <summary>The tick at which the timer is due.</summary>
    internal long Due { get; set; }

    /// <summary>The slot that holds the timer; -1 while it is being fired.</summary>
    internal int Slot { get; set; }
}
