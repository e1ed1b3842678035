namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>What a step asks its shell to do, in the order of the members.</summary>
[Flags]
public enum TransactionActions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Client: (re)send the request.</summary>
    SendRequest = 1,

    /// <summary>INVITE client: send ACK for a failure response (17.1.1.3).</summary>
    SendAck = 2,

    /// <summary>Server: send the response that is the input.</summary>
    SendResponse = 4,

    /// <summary>Server: send the last response again.</summary>
    ResendResponse = 8,

    /// <summary>Server: send 100 Trying.</summary>
    SendTrying = 16,

    /// <summary>Hand the input to the transaction user.</summary>
    PassToUser = 32,

    /// <summary>Tell the user that no (final) response, or no ACK, came.</summary>
    ReportTimeout = 64,

    /// <summary>Tell the user that nothing can be sent.</summary>
    ReportTransportError = 128,
}
