namespace PosteRestante.Protocols.Sdp;

/// <summary>
/// The direction of media from the side that wrote it (RFC 3264 5.1), as two bits, so that the rules of an answer are
/// bit operations.
/// </summary>
[Flags]
public enum SdpDirection
{
    /// <summary><c>a=inactive</c>.</summary>
    Inactive = 0,

    /// <summary><c>a=sendonly</c>.</summary>
    SendOnly = 1,

    /// <summary><c>a=recvonly</c>.</summary>
    RecvOnly = 2,

    /// <summary><c>a=sendrecv</c>, and what is meant when nothing is said.</summary>
    SendRecv = SendOnly | RecvOnly,
}
