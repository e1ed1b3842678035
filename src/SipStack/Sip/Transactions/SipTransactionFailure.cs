namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>How a transaction ends without what it was for.</summary>
public enum SipTransactionFailure
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>No final response (client), no ACK or no answer of the user (server) came in time.</summary>
    Timeout,

    /// <summary>The peer cannot be reached: no transport, no connection, or the network refused the message.</summary>
    Unreachable,

    /// <summary>The connection was lost before the final response came.</summary>
    FlowLost,

    /// <summary>There are <see cref="SipTransactionOptions.MaxClientTransactions"/> already.</summary>
    TooMany,
}
