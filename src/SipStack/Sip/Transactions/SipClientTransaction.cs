using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>A request that was sent: the shell of an ICT or a NICT. All members are called on the loop.</summary>
public sealed class SipClientTransaction
{
    private readonly ClientTransactions _table;
    private readonly ISipClientUser _user;
    private readonly bool _isInvite;
    private readonly LoopTimer _timer;
    private readonly Queue<SipClientAttempt> _attempts;
    private TransactionState _state;
    private byte[]? _ack;
    private bool _cancelWanted;

    internal SipClientTransaction(ClientTransactions table, TransactionKey key, SipMessage request, IEnumerable<SipClientAttempt> attempts, ISipClientUser user)
    {
        _table = table;
        _user = user;
        _attempts = new Queue<SipClientAttempt>(attempts);
        Key = key;
        Request = request;
        _isInvite = Request.Method == SipMethod.Invite;
        _timer = table.Layer.Loop.CreateTimer(static state => ((SipClientTransaction)state!).OnTimer(), this);
    }

    /// <summary>The request as it was sent.</summary>
    public SipMessage Request { get; private set; }

    /// <summary>The flow it went over; null until it is open.</summary>
    public SipFlow? Flow { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsTerminated => _state.Phase == TransactionPhase.Terminated;

    internal TransactionKey Key { get; }

    /// <summary>
    /// Cancels an INVITE (RFC 3261 9.1): at once when a provisional response came, else as soon as one comes. The outcome is still
    /// the final response, a 487 as a rule; when none comes within 64*T1, a timeout.
    /// </summary>
    public void Cancel()
    {
        if (!_isInvite || _cancelWanted)
        {
            return;
        }

        _cancelWanted = true;
        if (_state.Phase == TransactionPhase.Proceeding)
        {
            SendCancel();
        }
    }

    /// <summary>Opens a flow and sends the request over it.</summary>
    internal async Task StartAsync()
    {
        while (_attempts.TryDequeue(out var attempt))
        {
            var flow = attempt.Flow ?? attempt.Transport.FindFlow(attempt.Remote) ?? await attempt.Transport.OpenFlowAsync(attempt.Remote);
            if (flow is null)
            {
                continue; // RFC 3261 18.1.1: what could not go over TCP goes over UDP after all
            }

            (Flow, Request) = (flow, attempt.Request);
            Step(TransactionInput.Request);
            return;
        }

        Fail(SipTransactionFailure.Unreachable);
    }

    internal void OnResponse(SipMessage response)
    {
        var input = response.StatusCode < 200 ? TransactionInput.Provisional
            : response.StatusCode < 300 ? TransactionInput.Success
            : TransactionInput.Failure;
        var before = _state.Phase;
        var actions = Step(input, response);
        if (_cancelWanted && before == TransactionPhase.Calling && _state.Phase == TransactionPhase.Proceeding)
        {
            SendCancel();
        }

        if (actions.HasFlag(TransactionActions.PassToUser))
        {
            _user.OnResponse(this, response);
        }
    }

    /// <summary>The connection is gone; nothing more comes over it.</summary>
    internal void OnFlowLost()
    {
        if (_state.Phase is TransactionPhase.Calling or TransactionPhase.Trying or TransactionPhase.Proceeding)
        {
            Fail(SipTransactionFailure.FlowLost);
        }
    }

    internal void Fail(SipTransactionFailure failure)
    {
        _state = new TransactionState(TransactionPhase.Terminated);
        _timer.Stop();
        _table.Remove(this);
        _user.OnFailed(this, failure);
    }

    private TransactionActions Step(TransactionInput input, SipMessage? response = null)
    {
        var (now, timers, reliable) = (_table.Layer.Loop.Uptime, _table.Layer.Timers, Flow!.IsReliable);
        var (state, actions) = _isInvite
            ? InviteClientMachine.Step(_state, input, now, timers, reliable)
            : NonInviteClientMachine.Step(_state, input, now, timers, reliable);
        _state = state;
        Arm(now);
        if (_state.Phase == TransactionPhase.Terminated)
        {
            _table.Remove(this);
        }

        Run(actions, response);
        return actions;
    }

    private void Run(TransactionActions actions, SipMessage? response)
    {
        if (actions.HasFlag(TransactionActions.SendRequest))
        {
            Send(Request.Octets.Span, Request.Method);
        }

        if (actions.HasFlag(TransactionActions.SendAck))
        {
            _ack ??= _table.BuildAck(Request, response!);
            Send(_ack, SipMethod.Ack);
        }

        if (actions.HasFlag(TransactionActions.ReportTimeout))
        {
            _user.OnFailed(this, SipTransactionFailure.Timeout);
        }
        else if (actions.HasFlag(TransactionActions.ReportTransportError))
        {
            _user.OnFailed(this, SipTransactionFailure.Unreachable);
        }
    }

    private void Send(ReadOnlySpan<byte> octets, SipMethod method)
    {
        if (_table.Layer.Transports.Send(Flow!, octets, isRequest: true, method, status: 0) != SipSendResult.Sent)
        {
            Step(TransactionInput.TransportError);
        }
    }

    private void SendCancel()
    {
        Step(TransactionInput.Cancel);
        _table.SendCancel(this);
    }

    private void Arm(TimeSpan now)
    {
        if (_state.NextAt is { } next)
        {
            _timer.Start(next - now);
        }
        else
        {
            _timer.Stop();
        }
    }

    private void OnTimer()
    {
        var isRepeat = _state.RepeatAt is { } repeat && repeat == _state.NextAt;
        Step(_isInvite
            ? TransactionTimers.InviteClient(_state.Phase, isRepeat)
            : TransactionTimers.NonInviteClient(_state.Phase, isRepeat));
    }
}
