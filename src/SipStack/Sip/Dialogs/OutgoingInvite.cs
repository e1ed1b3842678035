using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>
/// An INVITE that was sent, as its client (RFC 3261 13.2). The offer is in the INVITE, so a 2xx is acknowledged at once; of
/// several forks that accept the first wins, the others are acknowledged and ended. All members are called on the loop.
/// </summary>
public sealed class OutgoingInvite : ISipClientUser
{
    private readonly SipDialogLayer _layer;
    private readonly ISipDialogUser _user;
    private readonly TaskCompletionSource<OutgoingInviteResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<DialogId, SipDialog> _forks = [];
    private readonly SipDestination _destination;
    private readonly ISipAuthenticator? _authenticator;
    private SipClientTransaction? _transaction;
    private bool _cancelled;

    internal OutgoingInvite(SipDialogLayer layer, SipDestination destination, ISipDialogUser user, ISipAuthenticator? authenticator)
    {
        _layer = layer;
        _destination = destination;
        _user = user;
        _authenticator = authenticator;
    }

    /// <summary>Called for each provisional response, 100 included.</summary>
    public Action<SipMessage>? Progress { get; set; }

    /// <summary>Completes when it is accepted, rejected or given up.</summary>
    public Task<OutgoingInviteResult> Completion => _completion.Task;

    /// <summary>
    /// Cancels it (9.1). The outcome is still what the peer answers: 487 as a rule, a dialog when the 200 was under way already;
    /// that one is the caller's to end.
    /// </summary>
    public void Cancel()
    {
        _cancelled = true;
        _transaction?.Cancel();
    }

    /// <inheritdoc/>
    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        switch (response.StatusCode)
        {
            case < 200:
                Progress?.Invoke(response);
                break;
            case < 300:
                OnSuccess(transaction, response);
                break;
            case 401 or 407 when TryAuthenticate(transaction.Request, response):
                break;
            default:
                _completion.TrySetResult(new OutgoingInviteResult(null, response, SipTransactionFailure.None));
                break;
        }
    }

    /// <inheritdoc/>
    void ISipClientUser.OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) =>
        _completion.TrySetResult(new OutgoingInviteResult(null, null, failure));

    internal void Send(SipRequestBuilder invite) => _transaction = _layer.Transactions.Send(invite, _destination, this);

    // 13.2.2.4: each 2xx is acknowledged, a repeated one again.
    private void OnSuccess(SipClientTransaction transaction, SipMessage response)
    {
        if (_forks.TryGetValue(DialogId.OfResponse(response), out var known))
        {
            known.OnSuccessAgain();
            return;
        }

        if (DialogRoute.Read(response) is not { } route)
        {
            // 12.1.1 wants a Contact; without one no ACK can be addressed, and the peer gives up by itself.
            _completion.TrySetResult(new OutgoingInviteResult(null, response, SipTransactionFailure.None));
            return;
        }

        var dialog = SipDialog.AsClient(_layer, response, route, transaction.Flow!, _completion.Task.IsCompleted ? DiscardedFork.Instance : _user);
        _forks.Add(dialog.Id, dialog);
        _layer.Add(dialog);
        dialog.SendAck(response.CSeq.Number);
        if (!_completion.TrySetResult(new OutgoingInviteResult(dialog, response, SipTransactionFailure.None)))
        {
            _ = dialog.ByeAsync();
        }
    }

    private bool TryAuthenticate(SipMessage request, SipMessage challenge)
    {
        if (_authenticator is null || _cancelled || !_authenticator.TryAuthorize(request, challenge, _layer.Requests))
        {
            return false;
        }

        Send(_layer.Requests);
        return true;
    }
}
