namespace PosteRestante.SipStack.Networking;

/// <summary>How a TLS handshake ended.</summary>
public enum TlsOutcome
{
    /// <summary>The connection is secure.</summary>
    Done,

    /// <summary>What came was no TLS, or the two sides did not agree.</summary>
    Failed,

    /// <summary>It was not through in time.</summary>
    TimedOut,

    /// <summary>Too many ran at once.</summary>
    TooMany,

    /// <summary>The peer is not who it has to be.</summary>
    Untrusted,
}
