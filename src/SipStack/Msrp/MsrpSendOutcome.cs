namespace PosteRestante.SipStack.Msrp;

/// <summary>What became of sending a message.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Status">The peer's status code where it answered with one, 200 for an acknowledged message; else 0.</param>
public readonly record struct MsrpSendOutcome(MsrpSendOutcomeKind Kind, int Status)
{
    /// <summary>Whether every chunk was answered 200.</summary>
    public bool IsAcknowledged => Kind == MsrpSendOutcomeKind.Acknowledged;
}
