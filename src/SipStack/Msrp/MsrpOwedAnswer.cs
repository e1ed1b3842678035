using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>A request whose answer waits until its message is safe.</summary>
internal sealed class MsrpOwedAnswer
{
    public MsrpOwedAnswer(MsrpFrameHead head)
    {
        TransactionId = head.TransactionId.ToArray();
        FromPath = head.FromPath.ToArray();
        FailureReport = head.FailureReport;
        SuccessReport = head.SuccessReport;
    }

    public byte[] TransactionId { get; }

    public byte[] FromPath { get; }

    public MsrpFailureReport FailureReport { get; }

    public bool SuccessReport { get; }
}
