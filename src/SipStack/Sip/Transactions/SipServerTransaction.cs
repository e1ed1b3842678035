using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// A request that is to be answered: the shell of an IST or a NIST. It absorbs retransmissions and retransmits responses; its
/// user answers once. All members are called on the loop.
/// </summary>
/// <remarks>
/// Usage: <c>transaction.Respond(202);</c> or
/// <c>transaction.StartResponse(488).Header(SipHeaderName.Warning, "399 …"); transaction.SendResponse();</c>
/// </remarks>
public sealed class SipServerTransaction
{
    private readonly ServerTransactions _table;
    private readonly bool _isInvite;
    private TransactionState _state;
    private LoopTimer? _timer;
    private byte[]? _toTag;
    private byte[]? _response;
    private int _status;
    private List<SipServerTransaction>? _joined;

    internal SipServerTransaction(ServerTransactions table, TransactionKey key, SipMessage request, SipFlow flow, long receivedAt)
    {
        _table = table;
        Key = key;
        Request = request;
        Flow = flow;
        ReceivedAt = receivedAt;
        _isInvite = request.Method == SipMethod.Invite;
    }

    /// <summary>The request. It owns its octets.</summary>
    public SipMessage Request { get; }

    /// <summary>The flow it came over; <see cref="SipFlow.Remote"/> is its source address.</summary>
    public SipFlow Flow { get; }

    /// <summary>When it left the socket, in the loop's timestamp units.</summary>
    public long ReceivedAt { get; }

    /// <summary>The tag that our responses bear in To, unless the request has one there.</summary>
    public ReadOnlySpan<byte> ToTag => _toTag ??= _table.Responses.NewTag();

    /// <summary>Whether a final response was given.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether it is over, and nothing can be answered any more.</summary>
    public bool IsTerminated => _state.Phase == TransactionPhase.Terminated;

    internal TransactionKey Key { get; }

    internal IServerTransactionOwner? Owner { get; set; }

    /// <summary>Whether it stands in the index of requests that may arrive again over another path.</summary>
    internal bool IsIndexed { get; set; }

    internal TransactionPhase Phase => _state.Phase;

    /// <summary>
    /// Begins a response in the builder that all transactions of the loop share; <see cref="SendResponse"/> must follow in the
    /// same turn.
    /// </summary>
    /// <param name="status">100 to 699.</param>
    /// <param name="reason">The reason phrase; empty takes that of the RFC.</param>
    public SipResponseBuilder StartResponse(int status, ReadOnlySpan<byte> reason = default) =>
        _table.Responses.Start(this, status, reason);

    /// <summary>Sends the response that <see cref="StartResponse"/> began.</summary>
    /// <returns>False when a final response was given before, or the transaction is over: nothing is sent then.</returns>
    public bool SendResponse()
    {
        var octets = _table.Responses.Take(this, out var status);
        return Respond(status, octets);
    }

    /// <summary>Answers with a status and nothing else.</summary>
    /// <inheritdoc cref="SendResponse"/>
    public bool Respond(int status)
    {
        StartResponse(status);
        return SendResponse();
    }

    /// <summary>Begins the machine.</summary>
    internal void Begin() => Step(TransactionInput.Request);

    /// <summary>Lets a request that arrived over another path share the final response of this one.</summary>
    /// <returns>False when there are too many, or it is answered already.</returns>
    internal bool TryJoin(SipServerTransaction other, int limit)
    {
        _joined ??= [];
        if (IsAnswered || IsTerminated || _joined.Count + 1 >= limit)
        {
            return false;
        }

        _joined.Add(other);
        return true;
    }

    /// <summary>Another message of the transaction came: a retransmission, or an ACK.</summary>
    internal void OnMessage(SipMessage message)
    {
        if (message.Method != SipMethod.Ack)
        {
            _table.Layer.Instruments.RequestRetransmitted();
            Step(TransactionInput.Request);
            return;
        }

        if (Step(TransactionInput.Ack).HasFlag(TransactionActions.PassToUser))
        {
            Owner?.OnAck(message);
        }
    }

    /// <summary>The response to a CANCEL bears the tag of the INVITE's (RFC 3261 9.2).</summary>
    internal void AdoptTag(SipServerTransaction invite) => _toTag = invite._toTag ??= _table.Responses.NewTag();

    /// <summary>A CANCEL came.</summary>
    internal void Cancel()
    {
        if (!IsAnswered)
        {
            Owner?.OnCancel();
        }
    }

    /// <summary>Sends a 2xx to INVITE again (RFC 3261 13.3.1.4).</summary>
    internal void ResendSuccess()
    {
        if (_state.Phase == TransactionPhase.Accepted)
        {
            Send(_response!, _status);
        }
    }

    /// <summary>The transaction leaves the table; its timer must not find it.</summary>
    internal void Release() => _timer?.Stop();

    private bool Respond(int status, byte[] octets)
    {
        if (IsAnswered || IsTerminated)
        {
            return false;
        }

        IsAnswered = status >= 200;
        _response = octets;
        _status = status;
        Step(status < 200 ? TransactionInput.Provisional : status < 300 ? TransactionInput.Success : TransactionInput.Failure);
        if (IsAnswered)
        {
            _table.OnAnswered(this, status);
            AnswerJoined();
        }

        return true;
    }

    private void AnswerJoined()
    {
        if (_joined is null)
        {
            return;
        }

        foreach (var other in _joined)
        {
            other.Respond(_status, _table.Responses.Readdress(_response!, other));
        }

        _joined = null;
    }

    private TransactionActions Step(TransactionInput input)
    {
        var (now, timers, reliable) = (_table.Layer.Loop.Uptime, _table.Layer.Timers, Flow.IsReliable);
        var (state, actions) = _isInvite
            ? InviteServerMachine.Step(_state, input, now, timers, reliable)
            : NonInviteServerMachine.Step(_state, input, now, timers, reliable);
        _state = state;
        Arm(now);
        Run(actions);
        if (_state.Phase == TransactionPhase.Terminated)
        {
            _table.Remove(this);
        }
        else if (_state.Phase == TransactionPhase.Completed && input is TransactionInput.Success or TransactionInput.Failure)
        {
            _table.OnCompleted(this, _response!, _status, _state.EndAt!.Value);
        }

        return actions;
    }

    private void Run(TransactionActions actions)
    {
        if (actions.HasFlag(TransactionActions.SendResponse) || actions.HasFlag(TransactionActions.ResendResponse))
        {
            Send(_response!, _status);
        }

        if (actions.HasFlag(TransactionActions.SendTrying))
        {
            (_status, _response) = (100, _table.Responses.BuildTrying(this));
            Send(_response, _status);
        }

        if (actions.HasFlag(TransactionActions.ReportTimeout))
        {
            Owner?.OnFailed(SipTransactionFailure.Timeout);
        }
        else if (actions.HasFlag(TransactionActions.ReportTransportError))
        {
            Owner?.OnFailed(SipTransactionFailure.Unreachable);
        }
    }

    private void Send(byte[] octets, int status)
    {
        if (_table.Layer.Transports.SendResponse(Request, Flow, octets, status) != SipSendResult.Sent)
        {
            Step(TransactionInput.TransportError);
        }
    }

    private void Arm(TimeSpan now)
    {
        if (_state.NextAt is not { } next)
        {
            _timer?.Stop();
            return;
        }

        _timer ??= _table.Layer.Loop.CreateTimer(static state => ((SipServerTransaction)state!).OnTimer(), this);
        _timer.Start(next - now);
    }

    private void OnTimer()
    {
        var isRepeat = _state.RepeatAt is { } repeat && repeat == _state.NextAt;
        Step(_isInvite
            ? TransactionTimers.InviteServer(_state.Phase, isRepeat)
            : TransactionTimers.NonInviteServer(_state.Phase, isRepeat));
    }
}
