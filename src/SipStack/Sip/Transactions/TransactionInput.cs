namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>What can happen to a transaction. A machine takes only the inputs of its kind.</summary>
public enum TransactionInput
{
    /// <summary>Client: the user hands the request over. Server: the request arrives, or arrives again.</summary>
    Request,

    /// <summary>INVITE server: an ACK of this transaction arrives.</summary>
    Ack,

    /// <summary>A 1xx response: received by a client, given by the user of a server.</summary>
    Provisional,

    /// <summary>A 2xx response: received by a client, given by the user of a server.</summary>
    Success,

    /// <summary>A 300-699 response: received by a client, given by the user of a server.</summary>
    Failure,

    /// <summary>INVITE client: the user has sent CANCEL (9.1).</summary>
    Cancel,

    /// <summary>What was sent could not be sent.</summary>
    TransportError,

    /// <summary>INVITE client: retransmit the request.</summary>
    TimerA,

    /// <summary>INVITE client: no response came.</summary>
    TimerB,

    /// <summary>INVITE client: no final response came (16.6 step 11, 9.1).</summary>
    TimerC,

    /// <summary>INVITE client: no more retransmitted failures are expected.</summary>
    TimerD,

    /// <summary>Non-INVITE client: retransmit the request.</summary>
    TimerE,

    /// <summary>Non-INVITE client: no final response came.</summary>
    TimerF,

    /// <summary>INVITE server: retransmit the final response.</summary>
    TimerG,

    /// <summary>INVITE server: no ACK came.</summary>
    TimerH,

    /// <summary>INVITE server: no more retransmitted ACKs are expected.</summary>
    TimerI,

    /// <summary>Non-INVITE server: no more retransmitted requests are expected.</summary>
    TimerJ,

    /// <summary>Non-INVITE client: no more retransmitted responses are expected.</summary>
    TimerK,

    /// <summary>INVITE server: no more INVITEs are expected after a 2xx (RFC 6026).</summary>
    TimerL,

    /// <summary>INVITE client: no more 2xx are expected (RFC 6026).</summary>
    TimerM,

    /// <summary>Server: a 100 is due (17.2.1; RFC 4320 4.1).</summary>
    TimerTrying,

    /// <summary>Server: the user gave no final response within the bound of this stack (RFC 4320 4.2).</summary>
    TimerLimit,
}
