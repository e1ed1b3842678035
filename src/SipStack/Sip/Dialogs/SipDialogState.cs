namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>How far a dialog is (RFC 3261 12, 13, 15).</summary>
public enum SipDialogState
{
    /// <summary>Accepted by us; the ACK has not come.</summary>
    Accepted,

    /// <summary>Established on both sides.</summary>
    Confirmed,

    /// <summary>A BYE is under way.</summary>
    Ending,

    /// <summary>Over.</summary>
    Ended,
}
