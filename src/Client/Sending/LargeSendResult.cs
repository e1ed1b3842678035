namespace PosteRestante.Client.Sending;

/// <summary>What came of sending a large message.</summary>
/// <param name="Status">The final status of the INVITE; 0 when no answer came.</param>
/// <param name="Reason">Its phrase and warning, or what went wrong after it.</param>
/// <param name="CallId">The Call-ID of the session; empty when no answer came.</param>
/// <param name="MsrpStatus">The MSRP status of the message, 200 when it is stored; 0 when the session ended without one.</param>
public sealed record LargeSendResult(int Status, string Reason, string CallId, int MsrpStatus)
{
    /// <summary>Whether the service has it durably.</summary>
    public bool IsStored => MsrpStatus == Protocols.Msrp.MsrpStatusCode.Ok;
}
