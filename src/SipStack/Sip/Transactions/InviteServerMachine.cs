using static PosteRestante.SipStack.Sip.Transactions.TransactionActions;
using static PosteRestante.SipStack.Sip.Transactions.TransactionInput;
using static PosteRestante.SipStack.Sip.Transactions.TransactionPhase;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>IST, the INVITE server transaction (RFC 3261 17.2.1 with RFC 6026 7.1).</summary>
public static class InviteServerMachine
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
            Proceeding => InProceeding(state, input, now, timers, reliable),
            Completed => InCompleted(state, input, now, timers, reliable),
            Accepted => InAccepted(state, input),
            Confirmed => InConfirmed(state, input),
            _ => TransactionStep.Stay(state),
        };

    // 17.2.1: 100 Trying only when the user takes longer than 200 ms.
    private static TransactionStep Begin(TransactionInput input, TimeSpan now, SipTimers timers) =>
        input == Request
            ? new(new TransactionState(Proceeding, RepeatAt: now + timers.TryingDelay, EndAt: now + timers.ServerInviteLimit), PassToUser)
            : TransactionStep.Stay(new TransactionState(Initial));

    private static TransactionStep InProceeding(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable) =>
        input switch
        {
            // 17.2.1: the last provisional response again; while there is none, the 100 that is due anyway.
            Request => state.RepeatAt is null
                ? TransactionStep.Stay(state, ResendResponse)
                : new(state with { RepeatAt = null }, SendTrying),
            TimerTrying => new(state with { RepeatAt = null }, SendTrying),
            Provisional => new(state with { RepeatAt = null }, SendResponse),
            Success => TransactionStep.Linger(Accepted, now, timers.Timeout, SendResponse), // RFC 6026 7.1: timer L
            Failure => new(
                new TransactionState(Completed, timers.T1, reliable ? null : now + timers.T1, now + timers.Timeout),
                SendResponse), // 17.2.1: G over unreliable transports only, H always
            TransportError => TransactionStep.Stay(state, ReportTransportError), // RFC 6026 7.1
            TimerLimit => TransactionStep.End(ReportTimeout),
            _ => TransactionStep.Stay(state),
        };

    private static TransactionStep InCompleted(in TransactionState state, TransactionInput input, TimeSpan now, SipTimers timers, bool reliable)
    {
        switch (input)
        {
            case Request: // 17.2.1
                return TransactionStep.Stay(state, ResendResponse);
            case TimerG: // 17.2.1: MIN(2*G, T2)
                var interval = 2 * state.Interval > timers.T2 ? timers.T2 : 2 * state.Interval;
                return new(state with { Interval = interval, RepeatAt = now + interval }, ResendResponse);
            case Ack: // 17.2.1: timer I absorbs retransmitted ACKs
                return TransactionStep.Linger(Confirmed, now, reliable ? TimeSpan.Zero : timers.T4, None);
            case TimerH: // 17.2.1
                return TransactionStep.End(ReportTimeout);
            case TransportError: // RFC 6026 7.1: informs the user, H ends it
                return TransactionStep.Stay(state, ReportTransportError);
            default:
                return TransactionStep.Stay(state);
        }
    }

    private static TransactionStep InAccepted(in TransactionState state, TransactionInput input) =>
        input switch
        {
            Success => TransactionStep.Stay(state, SendResponse), // RFC 6026 7.1: the user retransmits its 2xx
            Ack => TransactionStep.Stay(state, PassToUser), // RFC 6026 7.1
            TransportError => TransactionStep.Stay(state, ReportTransportError),
            TimerL => TransactionStep.End(),
            _ => TransactionStep.Stay(state), // RFC 6026 7.1: a retransmitted INVITE is absorbed
        };

    private static TransactionStep InConfirmed(in TransactionState state, TransactionInput input) =>
        input == TimerI ? TransactionStep.End() : TransactionStep.Stay(state); // 17.2.1
}
