using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>A transaction user that does what the test says and keeps what it sees.</summary>
internal sealed class TestUser : ITransactionUser, IServerTransactionOwner, ISipClientUser
{
    public List<SipServerTransaction> Requests { get; } = [];

    public List<SipMessage> Acks { get; } = [];

    public List<SipMessage> StraySuccesses { get; } = [];

    public List<SipMessage> Responses { get; } = [];

    public List<SipTransactionFailure> Failures { get; } = [];

    public int Cancels { get; private set; }

    /// <summary>What to do with a request; by default it stays unanswered.</summary>
    public Action<SipServerTransaction>? Handle { get; set; }

    public void OnRequest(SipServerTransaction transaction)
    {
        Requests.Add(transaction);
        transaction.Owner = this;
        Handle?.Invoke(transaction);
    }

    public void OnAck(SipMessage ack, SipFlow flow) => Acks.Add(ack);

    public void OnAck(SipMessage ack) => Acks.Add(ack);

    public void OnStraySuccess(SipMessage response, SipFlow flow) => StraySuccesses.Add(response);

    public void OnCancel() => Cancels++;

    public void OnFailed(SipTransactionFailure failure) => Failures.Add(failure);

    public void OnResponse(SipClientTransaction transaction, SipMessage response) => Responses.Add(response);

    public void OnFailed(SipClientTransaction transaction, SipTransactionFailure failure) => Failures.Add(failure);
}
