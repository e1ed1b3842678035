using static PosteRestante.SipStack.Sip.Transactions.TransactionActions;
using static PosteRestante.SipStack.Sip.Transactions.TransactionInput;
using static PosteRestante.SipStack.Sip.Transactions.TransactionPhase;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>NIST, the non-INVITE server transaction (RFC 3261 17.2.2 with RFC 4320 4).</summary>
public static class NonInviteServerMachine
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
            Initial => Begin(input, now, timers),
            Trying or Proceeding => InProgress(state, input, now, timers, reliable),
            Completed => InCompleted(state, input),
            _ => TransactionStep.Stay(state),
        };

    // RFC 4320 4.1: a 100 once the client's timer E has grown to T2. 4.2: after timer F no response is of use.
    private static TransactionStep Begin(TransactionInput input, TimeSpan now, SipTimers timers) =>
        input == Request
            ? new(new TransactionState(Trying, RepeatAt: now + timers.NonInviteTryingDelay, EndAt: now + timers.Timeout), PassToUser)
            : TransactionStep.Stay(new TransactionState(Initial));

    private static TransactionStep InProgress(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input switch
        {
            // 17.2.2: absorbed in Trying, answered with the last provisional response in Proceeding.
            Request => TransactionStep.Stay(state, state.Phase == Proceeding ? ResendResponse : None),
            TimerTrying => new(state with { Phase = Proceeding, RepeatAt = null }, SendTrying), // RFC 4320 4.1
            Provisional => new(state with { Phase = Proceeding, RepeatAt = null }, SendResponse), // 17.2.2
            Success or Failure => TransactionStep.Linger(Completed, now, reliable ? TimeSpan.Zero : timers.Timeout, SendResponse), // 17.2.2: timer J
            TransportError => TransactionStep.End(ReportTransportError), // 17.2.2, 17.2.4
            TimerLimit => TransactionStep.End(ReportTimeout), // RFC 4320 4.2
            _ => TransactionStep.Stay(state),
        };

    private static TransactionStep InCompleted(in TransactionState state, TransactionInput input) =>
        input switch
        {
            Request => TransactionStep.Stay(state, ResendResponse), // 17.2.2
            TransportError => TransactionStep.End(ReportTransportError), // 17.2.2
            TimerJ => TransactionStep.End(),
            _ => TransactionStep.Stay(state), // 17.2.2: other responses of the user are discarded
        };
}
