using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>Makes a task of a re-INVITE, and acknowledges each of its 2xx (RFC 3261 14.1, 13.2.2.4).</summary>
internal sealed class ReInviteAwaiter(SipDialog dialog) : ISipClientUser
{
    private readonly TaskCompletionSource<SipClientResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<SipClientResult> Task => _result.Task;

    /// <inheritdoc/>
    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200)
        {
            return;
        }

        if (response.StatusCode >= 300)
        {
            _result.TrySetResult(new SipClientResult(response, SipTransactionFailure.None));
        }
        else if (_result.Task.IsCompleted)
        {
            dialog.OnSuccessAgain();
        }
        else
        {
            dialog.OnReInviteAccepted(response);
            _result.TrySetResult(new SipClientResult(response, SipTransactionFailure.None));
        }
    }

    /// <inheritdoc/>
    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) =>
        _result.TrySetResult(new SipClientResult(null, failure));
}
