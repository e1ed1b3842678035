using static PosteRestante.SipStack.Sip.Transactions.TransactionInput;
using static PosteRestante.SipStack.Sip.Transactions.TransactionPhase;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Which timers the two deadlines of a <see cref="TransactionState"/> are, by machine and phase.</summary>
internal static class TransactionTimers
{
    public static TransactionInput InviteClient(TransactionPhase phase, bool isRepeat) =>
        phase switch
        {
            Calling => isRepeat ? TimerA : TimerB,
            Proceeding => TimerC,
            Completed => TimerD,
            _ => TimerM,
        };

    public static TransactionInput NonInviteClient(TransactionPhase phase, bool isRepeat) =>
        phase == Completed ? TimerK : isRepeat ? TimerE : TimerF;

    public static TransactionInput InviteServer(TransactionPhase phase, bool isRepeat) =>
        phase switch
        {
            Proceeding => isRepeat ? TimerTrying : TimerLimit,
            Completed => isRepeat ? TimerG : TimerH,
            Confirmed => TimerI,
            _ => TimerL,
        };

    public static TransactionInput NonInviteServer(TransactionPhase phase, bool isRepeat) =>
        phase == Completed ? TimerJ : isRepeat ? TimerTrying : TimerLimit;
}
