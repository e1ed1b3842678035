using System.Runtime.InteropServices;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// The state of a transaction. No machine runs more than two timers at once: one that repeats something and one that
/// ends something. They are deadlines here; which letters they bear follows from the machine and the phase.
/// </summary>
/// <param name="Phase">The state of the machine.</param>
/// <param name="Interval">The present value of timer A, E or G.</param>
/// <param name="RepeatAt">When A, E, G or the 100 is due; null while it does not run.</param>
/// <param name="EndAt">When B, C, D, F, H, I, J, K, L or M is due; null while it does not run.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TransactionState(
    TransactionPhase Phase,
    TimeSpan Interval = default,
    TimeSpan? RepeatAt = null,
    TimeSpan? EndAt = null)
{
    /// <summary>The earlier of the two deadlines; null when none runs.</summary>
    public TimeSpan? NextAt => RepeatAt < EndAt || EndAt is null ? RepeatAt : EndAt;
}
