namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>What <see cref="SipFramer"/> found at the start of a stream.</summary>
public enum SipFrameStatus
{
    /// <summary>Not yet a whole message.</summary>
    NeedMoreData,

    /// <summary>A whole message.</summary>
    Message,

    /// <summary>A double CRLF between messages: the peer pings, a CRLF is the pong (RFC 5626 4.4.1).</summary>
    Ping,

    /// <summary>The stream can be cut no further; it is closed, after an answer if one can be made of the head.</summary>
    Malformed,
}
