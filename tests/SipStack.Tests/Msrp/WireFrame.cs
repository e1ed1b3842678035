using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>A frame as a test sees it.</summary>
internal sealed record WireFrame(
    string TransactionId,
    string Method,
    int Status,
    string MessageId,
    MsrpByteRange? Range,
    string ContentType,
    string ToPath,
    string FromPath,
    byte[] Body,
    MsrpFlag Flag,
    bool WantsReport)
{
    public bool IsSend => Method == "SEND";
}
