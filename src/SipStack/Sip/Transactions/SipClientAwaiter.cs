using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Makes a task of a client transaction.</summary>
internal sealed class SipClientAwaiter : ISipClientUser
{
    private readonly TaskCompletionSource<SipClientResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<SipClientResult> Task => _result.Task;

    /// <inheritdoc/>
    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode >= 200)
        {
            _result.TrySetResult(new SipClientResult(response, SipTransactionFailure.None));
        }
    }

    /// <inheritdoc/>
    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) =>
        _result.TrySetResult(new SipClientResult(null, failure));
}
