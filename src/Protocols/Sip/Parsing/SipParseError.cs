namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>Why octets are no SIP message. <see cref="SipParseErrors"/> says what is answered.</summary>
public enum SipParseError
{
    /// <summary>There is no error.</summary>
    None,

    /// <summary>Nothing but line ends: a keep-alive, not a message (RFC 3261 7.5, RFC 5626 3.5.1).</summary>
    Empty,

    /// <summary>The start line is neither a request line nor a status line (RFC 3261 7.1, 7.2).</summary>
    BadStartLine,

    /// <summary>The Request-URI is malformed.</summary>
    BadRequestUri,

    /// <summary>The Request-URI is longer than <see cref="SipParserOptions.MaxUriBytes"/>.</summary>
    RequestUriTooLong,

    /// <summary>A well formed SIP version that is not 2.0.</summary>
    UnsupportedVersion,

    /// <summary>The status code is not 100 to 699.</summary>
    BadStatusCode,

    /// <summary>A header line has no colon or no name that is a token.</summary>
    BadHeaderLine,

    /// <summary>A CR without LF, or a LF without CR.</summary>
    BareLineBreak,

    /// <summary>There is no empty line after the header fields.</summary>
    HeadNotEnded,

    /// <summary>Start line and header fields are longer than <see cref="SipParserOptions.MaxHeadBytes"/>.</summary>
    HeadTooLarge,

    /// <summary>A line is longer than <see cref="SipParserOptions.MaxHeaderLineBytes"/>.</summary>
    HeaderLineTooLong,

    /// <summary>There are more header fields than <see cref="SipParserOptions.MaxHeaders"/>.</summary>
    TooManyHeaders,

    /// <summary>The message is longer than <see cref="SipParserOptions.MaxMessageBytes"/>.</summary>
    MessageTooLarge,

    /// <summary>The body is longer than <see cref="SipParserOptions.MaxBodyBytes"/>.</summary>
    BodyTooLarge,

    /// <summary>There is no Via.</summary>
    MissingVia,

    /// <summary>The topmost Via is malformed.</summary>
    BadVia,

    /// <summary>There is no From.</summary>
    MissingFrom,

    /// <summary>From is malformed.</summary>
    BadFrom,

    /// <summary>There is no To.</summary>
    MissingTo,

    /// <summary>To is malformed.</summary>
    BadTo,

    /// <summary>There is no Call-ID.</summary>
    MissingCallId,

    /// <summary>Call-ID is malformed.</summary>
    BadCallId,

    /// <summary>There is no CSeq.</summary>
    MissingCSeq,

    /// <summary>CSeq is malformed, or its number is 2^31 or more.</summary>
    BadCSeq,

    /// <summary>The method in CSeq is not that of the request line (RFC 3261 8.1.1.5).</summary>
    CSeqMethodMismatch,

    /// <summary>Max-Forwards is no number up to 255 (RFC 3261 20.22).</summary>
    BadMaxForwards,

    /// <summary>A Contact of a request is malformed.</summary>
    BadContact,

    /// <summary>A Route or Record-Route of a request is malformed.</summary>
    BadRoute,

    /// <summary>Content-Type is malformed.</summary>
    BadContentType,

    /// <summary>Content-Length is no number.</summary>
    BadContentLength,

    /// <summary>There is no Content-Length, and the message came over a stream (RFC 3261 18.3).</summary>
    MissingContentLength,

    /// <summary>There are fewer octets than Content-Length says (RFC 3261 18.3).</summary>
    BodyTruncated,

    /// <summary>A field that may stand only once stands twice.</summary>
    RepeatedHeader,
}
