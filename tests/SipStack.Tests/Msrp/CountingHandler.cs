using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>An owner that only counts, so that what is measured is ours alone.</summary>
internal sealed class CountingHandler : IMsrpSessionHandler, IMsrpMessageSink
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Acknowledged { get; private set; }

    public int Reported { get; private set; }

    public int Received { get; private set; }

    public long Octets { get; private set; }

    public Action Progress { get; set; } = () => { };

    public Task Ended => _ended.Task;

    public void OnEstablished(MsrpSession session)
    {
        // Nothing is waited for.
    }

    public MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message) => MsrpReception.Accept(this);

    public void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        Acknowledged += outcome.IsAcknowledged ? 1 : 0;
        Progress();
    }

    public void OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        Reported += status.IsSuccess ? 1 : 0;
        Progress();
    }

    public void OnEnded(MsrpSession session, MsrpSessionEnd end) => _ended.TrySetResult();

    public void Write(long offset, ReadOnlySpan<byte> octets) => Octets += octets.Length;

    public ValueTask<int> CompleteAsync(long length)
    {
        Received++;
        return new ValueTask<int>(MsrpStatusCode.Ok);
    }

    public void Abort()
    {
        // Counted by nobody.
    }
}
