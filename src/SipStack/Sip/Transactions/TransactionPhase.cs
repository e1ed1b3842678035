namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>The states of the four transaction machines (RFC 3261 17, RFC 6026).</summary>
public enum TransactionPhase
{
    /// <summary>Not yet begun.</summary>
    Initial,

    /// <summary>INVITE client: sent, nothing heard (17.1.1.2).</summary>
    Calling,

    /// <summary>Non-INVITE: sent and nothing heard, or received and nothing answered (17.1.2.2, 17.2.2).</summary>
    Trying,

    /// <summary>A provisional response passed; an INVITE server begins here (17.2.1).</summary>
    Proceeding,

    /// <summary>A final response passed, other than 2xx to INVITE.</summary>
    Completed,

    /// <summary>A 2xx to INVITE passed (RFC 6026 7.1, 7.2).</summary>
    Accepted,

    /// <summary>INVITE server: the ACK to a final response other than 2xx came (17.2.1).</summary>
    Confirmed,

    /// <summary>The end.</summary>
    Terminated,
}
