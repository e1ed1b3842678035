namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>Which way a frame went.</summary>
public enum WireDirection
{
    /// <summary>To us.</summary>
    Received,

    /// <summary>From us.</summary>
    Sent,
}
