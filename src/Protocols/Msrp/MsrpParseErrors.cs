namespace PosteRestante.Protocols.Msrp;

/// <summary>What is done about each <see cref="MsrpParseError"/>: the one place for it.</summary>
public static class MsrpParseErrors
{
    /// <summary>
    /// Whether the end of the frame can no longer be found or waited for, so that the connection has to be closed.
    /// Other errors leave the framing intact: the frame is read to its end and answered.
    /// </summary>
    public static bool IsFatal(this MsrpParseError error) => error switch
    {
        MsrpParseError.BadStartLine or MsrpParseError.BadTransactionId or MsrpParseError.BareLineFeed
            or MsrpParseError.HeadTooLong or MsrpParseError.TooManyHeaders or MsrpParseError.ChunkTooLong => true,
        _ => false,
    };

    /// <summary>The status code that answers a request with this error (RFC 4975 section 10).</summary>
    public static int StatusCode(this MsrpParseError error) => error switch
    {
        MsrpParseError.None => MsrpStatusCode.Ok,
        MsrpParseError.ChunkTooLong => MsrpStatusCode.StopMessage,
        _ => MsrpStatusCode.BadRequest,
    };
}
