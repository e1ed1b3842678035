namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>What became of sending a message.</summary>
public enum SipSendResult
{
    /// <summary>It was handed to the network.</summary>
    Sent,

    /// <summary>The connection of the flow is gone.</summary>
    FlowGone,

    /// <summary>The message does not fit into a datagram.</summary>
    TooLarge,

    /// <summary>The peer reads too slowly: <see cref="SipTransportOptions.MaxSendQueueBytes"/> wait already. The connection is closed.</summary>
    Congested,

    /// <summary>The network refused it, or no transport of that kind is there.</summary>
    Unreachable,
}
