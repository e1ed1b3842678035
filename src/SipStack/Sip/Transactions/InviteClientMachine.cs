using static PosteRestante.SipStack.Sip.Transactions.TransactionActions;
using static PosteRestante.SipStack.Sip.Transactions.TransactionInput;
using static PosteRestante.SipStack.Sip.Transactions.TransactionPhase;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>ICT, the INVITE client transaction (RFC 3261 17.1.1 with RFC 6026 7.2).</summary>
public static class InviteClientMachine
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
            Calling => InCalling(state, input, now, timers, reliable),
            Proceeding => InProceeding(state, input, now, timers, reliable),
            Completed => InCompleted(state, input),
            Accepted => InAccepted(state, input),
            _ => TransactionStep.Stay(state),
        };

    // 17.1.1.2: timer A runs over unreliable transports only, timer B always.
    private static TransactionStep Begin(TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input == Request
            ? new(new TransactionState(Calling, timers.T1, reliable ? null : now + timers.T1, now + timers.Timeout), SendRequest)
            : TransactionStep.Stay(new TransactionState(Initial));

    private static TransactionStep InCalling(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input switch
        {
            // 17.1.1.2: the interval doubles without a cap.
            TimerA => new(state with { Interval = 2 * state.Interval, RepeatAt = now + (2 * state.Interval) }, SendRequest),
            TimerB => TransactionStep.End(ReportTimeout), // 17.1.1.2
            TransportError => TransactionStep.End(ReportTransportError), // 17.1.1.2, 17.1.4
            _ => OnResponse(state, input, now, timers, reliable),
        };

    private static TransactionStep InProceeding(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input switch
        {
            Cancel => new(state with { EndAt = now + timers.Timeout }, None), // 9.1: no final response for 64*T1 cancels it
            TimerC => TransactionStep.End(ReportTimeout), // 16.6 step 11
            _ => OnResponse(state, input, now, timers, reliable),
        };

    private static TransactionStep OnResponse(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input switch
        {
            // 17.1.1.2: a provisional response ends the retransmissions.
            Provisional => new(new TransactionState(Proceeding, EndAt: now + timers.C), PassToUser),
            Success => TransactionStep.Linger(Accepted, now, timers.Timeout, PassToUser), // RFC 6026 7.2: timer M
            Failure => TransactionStep.Linger(Completed, now, reliable ? TimeSpan.Zero : timers.D, SendAck | PassToUser), // 17.1.1.2: timer D
            _ => TransactionStep.Stay(state),
        };

    private static TransactionStep InCompleted(in TransactionState state, TransactionInput input) =>
        input switch
        {
            Failure => TransactionStep.Stay(state, SendAck), // 17.1.1.2: a retransmitted response, the ACK was lost
            TransportError => TransactionStep.End(ReportTransportError), // 17.1.1.2
            TimerD => TransactionStep.End(),
            _ => TransactionStep.Stay(state),
        };

    private static TransactionStep InAccepted(in TransactionState state, TransactionInput input) =>
        input switch
        {
            Success => TransactionStep.Stay(state, PassToUser), // RFC 6026 7.2: retransmitted, or of another fork
            TimerM => TransactionStep.End(),
            _ => TransactionStep.Stay(state),
        };
}
