using static PosteRestante.SipStack.Sip.Transactions.TransactionActions;
using static PosteRestante.SipStack.Sip.Transactions.TransactionInput;
using static PosteRestante.SipStack.Sip.Transactions.TransactionPhase;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>NICT, the non-INVITE client transaction (RFC 3261 17.1.2).</summary>
public static class NonInviteClientMachine
{
    /// <summary>One step.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="input">What happens.</param>
    /// <param name="now">The monotonic time.</param>
    /// <param name="timers">The timer values.</param>
    /// <param name="reliable">Whether the transport retransmits by itself.</param>
    public static TransactionStep Step(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        state.Phase switch
        {
            Initial => Begin(input, now, timers, reliable),
            Trying or Proceeding => InProgress(state, input, now, timers, reliable),
            Completed => InCompleted(state, input),
            _ => TransactionStep.Stay(state),
        };

    // 17.1.2.2: timer E runs over unreliable transports only, timer F always.
    private static TransactionStep Begin(TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input == Request
            ? new(new TransactionState(Trying, timers.T1, reliable ? null : now + timers.T1, now + timers.Timeout), SendRequest)
            : TransactionStep.Stay(new TransactionState(Initial));

    private static TransactionStep InProgress(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input switch
        {
            TimerE => Retransmit(state, now, timers),
            TimerF => TransactionStep.End(ReportTimeout), // 17.1.2.2
            TransportError => TransactionStep.End(ReportTransportError), // 17.1.2.2, 17.1.4
            Provisional => new(state with { Phase = Proceeding }, PassToUser), // 17.1.2.2: E and F run on
            Success or Failure => TransactionStep.Linger(Completed, now, reliable ? TimeSpan.Zero : timers.T4, PassToUser), // 17.1.2.2: timer K
            _ => TransactionStep.Stay(state),
        };

    // 17.1.2.2: MIN(2*E, T2) in Trying, T2 in Proceeding.
    private static TransactionStep Retransmit(in TransactionState state, TimeSpan now, SipTimers timers)
    {
        var doubled = 2 * state.Interval;
        var interval = state.Phase == Proceeding || doubled > timers.T2 ? timers.T2 : doubled;
        return new(state with { Interval = interval, RepeatAt = now + interval }, SendRequest);
    }

    private static TransactionStep InCompleted(in TransactionState state, TransactionInput input) =>
        input == TimerK ? TransactionStep.End() : TransactionStep.Stay(state); // 17.1.2.2: the rest is absorbed
}
