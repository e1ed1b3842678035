namespace PosteRestante.Bench.Deposit.Load;

/// <summary>One place in flight; times are timestamps.</summary>
internal struct LoadSlot
{
    /// <summary>The message that is in flight.</summary>
    public int Index;

    /// <summary>Whether one is.</summary>
    public bool IsBusy;

    /// <summary>When it was due; the response time counts from here.</summary>
    public long Due;

    /// <summary>When it is given up (RFC 3261 17.1.2.2, timer F).</summary>
    public long GiveUp;

    /// <summary>When it is sent again (timer E).</summary>
    public long Again;

    /// <summary>How long after that the next time.</summary>
    public long Interval;
}
