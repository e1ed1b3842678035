namespace PosteRestante.Protocols.Msrp;

/// <summary>Why octets are no MSRP frame. What is done about each is in <see cref="MsrpParseErrors"/>.</summary>
public enum MsrpParseError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The start line is not <c>MSRP transaction-id …</c>.</summary>
    BadStartLine,

    /// <summary>The transaction id breaks <c>ident</c> of RFC 4975 9.</summary>
    BadTransactionId,

    /// <summary>A line of the head ends in LF without CR.</summary>
    BareLineFeed,

    /// <summary>The head is longer than <see cref="MsrpFrameOptions.MaxHeadBytes"/>.</summary>
    HeadTooLong,

    /// <summary>There are more headers than <see cref="MsrpFrameOptions.MaxHeaders"/>.</summary>
    TooManyHeaders,

    /// <summary>The body of one chunk is longer than <see cref="MsrpFrameOptions.MaxChunkBytes"/>.</summary>
    ChunkTooLong,

    /// <summary>A header line has no colon, a bad name, or control characters.</summary>
    BadHeader,

    /// <summary>A header that may stand once stands twice.</summary>
    DuplicateHeader,

    /// <summary>There is no To-Path.</summary>
    MissingToPath,

    /// <summary>There is no From-Path.</summary>
    MissingFromPath,

    /// <summary>A SEND or REPORT has no Message-ID.</summary>
    MissingMessageId,

    /// <summary>The Message-ID is empty, too long or has octets that are not allowed.</summary>
    BadMessageId,

    /// <summary>The Byte-Range is not <c>start-end/total</c>.</summary>
    BadByteRange,

    /// <summary>A REPORT has no Status.</summary>
    MissingStatus,

    /// <summary>The Status is not <c>namespace code</c>.</summary>
    BadStatus,

    /// <summary>Success-Report or Failure-Report has a value that is not defined.</summary>
    BadReportRequest,

    /// <summary>There is a body but no Content-Type.</summary>
    MissingContentType,
}
