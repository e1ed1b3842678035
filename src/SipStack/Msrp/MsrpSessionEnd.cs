namespace PosteRestante.SipStack.Msrp;

/// <summary>Why a session ended.</summary>
public enum MsrpSessionEnd
{
    /// <summary>This side closed it.</summary>
    Closed,

    /// <summary>The connection was lost or the peer closed it.</summary>
    ConnectionLost,

    /// <summary>The connection could not be made.</summary>
    ConnectFailed,

    /// <summary>The passive side saw no first SEND in time (RFC 4975 5.4).</summary>
    NoFirstSend,

    /// <summary>The peer says that it does not know the session (481), or that it is bound elsewhere (506).</summary>
    RefusedByPeer,

    /// <summary>The peer answered no request in time, or stopped in the middle.</summary>
    PeerSilent,

    /// <summary>The peer sent what is no MSRP.</summary>
    ProtocolError,
}
