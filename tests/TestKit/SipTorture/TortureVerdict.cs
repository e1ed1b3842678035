namespace PosteRestante.TestKit.SipTorture;

/// <summary>What the protocol layer makes of a torture message that came in a datagram.</summary>
public enum TortureVerdict
{
    /// <summary>It is a SIP message; what follows is the matter of the layers above.</summary>
    Accepted,

    /// <summary>It is no SIP message, but a request that is answered with <see cref="TortureMessage.Status"/>.</summary>
    Refused,

    /// <summary>It is no SIP message and nothing is sent: a response, or nobody to answer.</summary>
    Dropped,
}
