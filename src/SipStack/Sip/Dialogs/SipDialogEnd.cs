namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>How a dialog ended.</summary>
public enum SipDialogEnd
{
    /// <summary>The peer sent BYE.</summary>
    PeerBye,

    /// <summary>We sent BYE.</summary>
    OurBye,

    /// <summary>No ACK to our 2xx came within 64*T1 (RFC 3261 13.3.1.4); a BYE was sent.</summary>
    NoAck,

    /// <summary>The peer does not know the dialog, or does not answer: 481, 408 or a timeout (12.2.1.2).</summary>
    PeerGone,
}
