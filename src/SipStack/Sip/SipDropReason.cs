namespace PosteRestante.SipStack.Sip;

/// <summary>Why a message was dropped without an answer.</summary>
public enum SipDropReason
{
    /// <summary>The event loop was behind.</summary>
    LoopBehind,

    /// <summary>The octets are no SIP message, and there is nothing to answer.</summary>
    Unanswerable,

    /// <summary>A response that belongs to no transaction (RFC 3261 18.1.2).</summary>
    StrayResponse,

    /// <summary>An ACK that belongs to no transaction and no dialog.</summary>
    StrayAck,

    /// <summary>A response could not be delivered, its connection being gone and the peer not to be reached (RFC 3261 18.2.2).</summary>
    Undeliverable,

    /// <summary>A connection beyond the limits was refused.</summary>
    ConnectionLimit,

    /// <summary>A begun message was never finished.</summary>
    Unfinished,
}
