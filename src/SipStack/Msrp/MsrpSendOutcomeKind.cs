namespace PosteRestante.SipStack.Msrp;

/// <summary>The outcomes of sending a message.</summary>
public enum MsrpSendOutcomeKind
{
    /// <summary>Every chunk was answered 200. On a direct path the message is delivered; through a relay only the relay
    /// has it, and the success REPORT is awaited (profile D12).</summary>
    Acknowledged,

    /// <summary>All octets were written; no answer was asked for (Failure-Report other than yes).</summary>
    Written,

    /// <summary>The peer answered with an error that concerns this message, such as 413 or 415.</summary>
    Rejected,

    /// <summary>All octets were sent, but an answer is missing: the peer may have the message or not.</summary>
    InDoubt,

    /// <summary>The message was not sent, or not to its end: the peer has not got it.</summary>
    NotSent,
}
