using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>
/// A dialog made by an INVITE (RFC 3261 12), as server or as client: order, route, target, and its end. All members are called
/// on the loop.
/// </summary>
public sealed class SipDialog : IServerTransactionOwner
{
    private readonly SipDialogLayer _layer;
    private readonly DialogRoute _route;
    private readonly SipMessage _origin;
    private SuccessRetransmission? _success;
    private SipServerTransaction? _reInvite;
    private TaskCompletionSource<SipClientResult>? _bye;
    private uint _localSequence;
    private uint _remoteSequence;
    private string? _byeReason;
    private bool _isReInviting;
    private byte[]? _ack;

    private SipDialog(SipDialogLayer layer, DialogId id, DialogRoute route, SipMessage origin, SipFlow flow, ISipDialogUser user)
    {
        _layer = layer;
        _route = route;
        _origin = origin;
        Id = id;
        Flow = flow;
        User = user;
    }

    /// <summary>What tells it apart.</summary>
    public DialogId Id { get; }

    /// <summary>How far it is.</summary>
    public SipDialogState State { get; private set; }

    /// <summary>The flow it was last heard over.</summary>
    public SipFlow Flow { get; private set; }

    /// <summary>The peer's Contact.</summary>
    public SipUri RemoteTarget => _route.Target;

    /// <summary>The value of Reason (RFC 3326) in the peer's BYE; null without one, or when it did not end the dialog.</summary>
    public string? PeerReason { get; private set; }

    /// <summary>The peer's BYE, when it ended the dialog.</summary>
    public SipMessage? PeerBye { get; private set; }

    /// <summary>Whose session it carries; may be set anew when the session is handed over.</summary>
    public ISipDialogUser User { get; set; }

    /// <summary>The server's side of the dialog that a 2xx to an INVITE makes (12.1.1).</summary>
    internal static SipDialog AsServer(SipDialogLayer layer, SipServerTransaction invite, DialogRoute route, ISipDialogUser user)
    {
        var id = DialogId.OfRequest(invite.Request, new SipText(invite.ToTag.ToArray()));
        return new SipDialog(layer, id, route, invite.Request, invite.Flow, user)
        {
            _remoteSequence = invite.Request.CSeq.Number,
            State = SipDialogState.Accepted,
        };
    }

    /// <summary>The client's side of the dialog that a 2xx makes (12.1.2).</summary>
    internal static SipDialog AsClient(SipDialogLayer layer, SipMessage response, DialogRoute route, SipFlow flow, ISipDialogUser user) =>
        new(layer, DialogId.OfResponse(response), route, response, flow, user)
        {
            _localSequence = response.CSeq.Number,
            State = SipDialogState.Confirmed,
        };

    /// <summary>
    /// Starts a request in the builder that the dialogs share: Request-URI, Route, From, To, Call-ID, CSeq, Max-Forwards. It is
    /// sent in the same turn.
    /// </summary>
    public SipRequestBuilder StartRequest(SipMethod method) => Start(method, ++_localSequence);

    /// <summary>Sends a request that <see cref="StartRequest"/> began. A 481, a 408 or a timeout ends the dialog (12.2.1.2).</summary>
    public async Task<SipClientResult> SendAsync(SipRequestBuilder request)
    {
        var result = await _layer.Transactions.SendAsync(request, _layer.Router.Route(_route.NextHop, Flow));
        return Judge(result);
    }

    /// <summary>
    /// Sends a re-INVITE that <see cref="StartRequest"/> began, with its offer (14.1), and acknowledges its 2xx. A 481, a 408 or a
    /// timeout ends the dialog. One at a time.
    /// </summary>
    public async Task<SipClientResult> ReInviteAsync(SipRequestBuilder invite)
    {
        _isReInviting = true;
        var awaiter = new ReInviteAwaiter(this);
        _layer.Transactions.Send(invite, _layer.Router.Route(_route.NextHop, Flow), awaiter);
        var result = await awaiter.Task;
        _isReInviting = false;
        return Judge(result);
    }

    private SipClientResult Judge(in SipClientResult result)
    {
        if (result.Failure is SipTransactionFailure.Timeout or SipTransactionFailure.Unreachable or SipTransactionFailure.FlowLost
            || result.Response?.StatusCode is 408 or 481)
        {
            End(SipDialogEnd.PeerGone);
        }

        return result;
    }

    /// <summary>
    /// Ends the dialog with a BYE. As server, not before the ACK came or was given up (15). Calling it again, or when the dialog
    /// is over, changes nothing.
    /// </summary>
    /// <param name="reason">The value of Reason (RFC 3326); null for the ordinary end of a session.</param>
    /// <returns>What came of the BYE.</returns>
    public Task<SipClientResult> ByeAsync(string? reason = null)
    {
        if (_bye is null)
        {
            _byeReason = reason;
            _bye = new TaskCompletionSource<SipClientResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (State == SipDialogState.Ended)
            {
                _bye.SetResult(default);
            }
            else if (_success is null)
            {
                _ = SendByeAsync(SipDialogEnd.OurBye);
            }
        }

        return _bye.Task;
    }

    /// <summary>Sends a 2xx to a re-INVITE that <see cref="SipServerTransaction.StartResponse"/> began; it is retransmitted until its ACK.</summary>
    public bool SendSuccess(SipServerTransaction transaction)
    {
        if (!transaction.SendResponse())
        {
            return false;
        }

        transaction.Owner = this;
        _success = new SuccessRetransmission(transaction, _layer.Transactions.Timers, _layer.Transactions.Loop, OnNoAck);
        return true;
    }

    /// <inheritdoc/>
    void IServerTransactionOwner.OnAck(SipMessage ack) => OnAck(ack, Flow);

    /// <inheritdoc/>
    void IServerTransactionOwner.OnCancel() => _reInvite?.Respond(487); // 9.2

    /// <inheritdoc/>
    void IServerTransactionOwner.OnFailed(SipTransactionFailure failure)
    {
        // A 2xx that finds no way is repeated until it is given up; any other answer ends nothing.
    }

    /// <summary>An ACK for a 2xx of this dialog came.</summary>
    internal void OnAck(SipMessage ack, SipFlow flow)
    {
        if (_success is null || _success.CSeq != ack.CSeq.Number)
        {
            return; // repeated
        }

        Flow = flow;
        _success.Stop();
        _success = null;
        if (State == SipDialogState.Accepted)
        {
            State = SipDialogState.Confirmed;
            User.OnConfirmed(this, ack);
        }

        if (_bye is not null && State == SipDialogState.Confirmed)
        {
            _ = SendByeAsync(SipDialogEnd.OurBye);
        }
    }

    /// <summary>A request within the dialog came (12.2.2).</summary>
    internal void OnRequest(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.CSeq.Number < _remoteSequence)
        {
            transaction.Respond(500); // 12.2.2: out of order
            return;
        }

        _remoteSequence = request.CSeq.Number;
        Flow = transaction.Flow;
        if (request.Method == SipMethod.Bye)
        {
            _reInvite?.Respond(487); // 15.1.2
            PeerReason = request.TryGet("Reason"u8, out var reason) ? reason.ToString() : null;
            PeerBye = request;
            transaction.Respond(200);
            End(SipDialogEnd.PeerBye);
        }
        else if (request.Method == SipMethod.Invite)
        {
            OnReInvite(transaction);
        }
        else
        {
            User.OnRequest(this, transaction);
        }
    }

    /// <summary>The 2xx came again: its ACK was lost (13.2.2.4).</summary>
    internal void OnSuccessAgain()
    {
        if (_ack is not null)
        {
            _layer.Transactions.ResendAck(_ack, Flow);
        }
    }

    /// <summary>A 2xx to our re-INVITE came: it may name a new target (12.2.1.2), and is acknowledged there.</summary>
    internal void OnReInviteAccepted(SipMessage response)
    {
        if (response.GetAddress(SipHeaderName.Contact, out var contact) == SipFieldState.Valid)
        {
            _route.Target = contact.Uri;
        }

        SendAck(response.CSeq.Number);
    }

    /// <summary>As client: acknowledges the 2xx.</summary>
    internal void SendAck(uint sequence)
    {
        var destination = _layer.Router.Route(_route.NextHop, Flow);
        if ((destination.Flow ?? _layer.Transactions.Transports.Find(destination.Transport)?.FindFlow(destination.EndPoint)) is { } flow)
        {
            Flow = flow;
        }

        _ack = _layer.Transactions.SendAck(Start(SipMethod.Ack, sequence), Flow);
    }

    // 14.2: one INVITE at a time.
    private void OnReInvite(SipServerTransaction transaction)
    {
        if (_reInvite is { IsAnswered: false, IsTerminated: false })
        {
            transaction.StartResponse(500).Header(SipHeaderName.RetryAfter, _layer.Transactions.Identifiers.Next(11));
            transaction.SendResponse();
            return;
        }

        if (_isReInviting || _success is not null || State != SipDialogState.Confirmed)
        {
            transaction.Respond(491);
            return;
        }

        _reInvite = transaction;
        transaction.Owner = this;
        User.OnReInvite(this, transaction);
        if (transaction is { IsAnswered: true, Phase: TransactionPhase.Accepted }
            && transaction.Request.GetAddress(SipHeaderName.Contact, out var contact) == SipFieldState.Valid)
        {
            _route.Target = contact.Uri; // 12.2.2: target refresh
        }
    }

    private SipRequestBuilder Start(SipMethod method, uint sequence)
    {
        // Of the message that made the dialog, its server takes To as its own side, its client takes From.
        var (local, remote) = _origin.IsRequest ? (_origin.To, _origin.From) : (_origin.From, _origin.To);
        var localTag = _origin.IsRequest ? Id.LocalTag : local.Tag.ToString();
        return _route.Start(_layer.Requests, method)
            .From($"<{local.Uri.Text}>", localTag)
            .To($"<{remote.Uri.Text}>", remote.Tag.IsEmpty ? null : remote.Tag.ToString())
            .CallId(Id.CallId)
            .CSeq(sequence)
            .MaxForwards();
    }

    private void OnNoAck()
    {
        _success = null;
        if (State is SipDialogState.Accepted or SipDialogState.Confirmed)
        {
            _bye ??= new TaskCompletionSource<SipClientResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = SendByeAsync(SipDialogEnd.NoAck);
        }
    }

    private async Task SendByeAsync(SipDialogEnd end)
    {
        State = SipDialogState.Ending;
        var bye = StartRequest(SipMethod.Bye);
        if (_byeReason is not null)
        {
            bye.Header("Reason", _byeReason);
        }

        var result = await _layer.Transactions.SendAsync(bye, _layer.Router.Route(_route.NextHop, Flow));
        _bye!.TrySetResult(result);
        End(end); // 15.1.1: whatever came of it
    }

    private void End(SipDialogEnd end)
    {
        if (State == SipDialogState.Ended)
        {
            return;
        }

        State = SipDialogState.Ended;
        _success?.Stop();
        _success = null;
        _layer.Remove(this);
        _bye?.TrySetResult(default); // no BYE of ours is needed any more
        User.OnEnded(this, end);
    }
}
