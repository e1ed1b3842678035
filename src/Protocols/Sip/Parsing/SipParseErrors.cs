namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>The one place that says how a request that could not be read is answered.</summary>
public static class SipParseErrors
{
    /// <summary>
    /// The status code for a request with <paramref name="error"/>. It is sent only when the request
    /// <see cref="SipMessage.CanBeAnswered"/>; else, and for every response, the octets are dropped and counted.
    /// </summary>
    public static int ToStatusCode(this SipParseError error) => error switch
    {
        SipParseError.None => throw new ArgumentOutOfRangeException(nameof(error), error, "There is nothing to answer."),
        SipParseError.BodyTooLarge => 413, // RFC 3261 21.4.11
        SipParseError.RequestUriTooLong => 414, // RFC 3261 21.4.12
        SipParseError.UnsupportedVersion => 505, // RFC 3261 21.5.6
        SipParseError.MessageTooLarge or SipParseError.HeadTooLarge
            or SipParseError.HeaderLineTooLong or SipParseError.TooManyHeaders => 513, // RFC 3261 21.5.7
        _ => 400, // RFC 3261 21.4.1
    };

    /// <summary>The reason phrase for that answer: what is wrong, in words (RFC 3261 21.4.1).</summary>
    public static string ToReasonPhrase(this SipParseError error) => error switch
    {
        SipParseError.BodyTooLarge => "Request Entity Too Large",
        SipParseError.RequestUriTooLong => "Request-URI Too Long",
        SipParseError.UnsupportedVersion => "Version Not Supported",
        SipParseError.MessageTooLarge or SipParseError.HeadTooLarge => "Message Too Large",
        SipParseError.HeaderLineTooLong => "Header Field Too Large",
        SipParseError.TooManyHeaders => "Too Many Header Fields",
        SipParseError.BadRequestUri => "Malformed Request-URI",
        SipParseError.BadHeaderLine => "Malformed Header Line",
        SipParseError.BareLineBreak => "Bare Line Break",
        SipParseError.HeadNotEnded => "Header Fields Not Ended",
        SipParseError.MissingVia => "Missing Via",
        SipParseError.BadVia => "Malformed Via",
        SipParseError.MissingFrom => "Missing From",
        SipParseError.BadFrom => "Malformed From",
        SipParseError.MissingTo => "Missing To",
        SipParseError.BadTo => "Malformed To",
        SipParseError.MissingCallId => "Missing Call-ID",
        SipParseError.BadCallId => "Malformed Call-ID",
        SipParseError.MissingCSeq => "Missing CSeq",
        SipParseError.BadCSeq => "Malformed CSeq",
        SipParseError.CSeqMethodMismatch => "CSeq Method Mismatch",
        SipParseError.BadMaxForwards => "Malformed Max-Forwards",
        SipParseError.BadContact => "Malformed Contact",
        SipParseError.BadRoute => "Malformed Route",
        SipParseError.BadContentType => "Malformed Content-Type",
        SipParseError.BadContentLength => "Malformed Content-Length",
        SipParseError.MissingContentLength => "Missing Content-Length",
        SipParseError.BodyTruncated => "Content-Length Too Large",
        SipParseError.RepeatedHeader => "Repeated Header Field",
        _ => "Bad Request",
    };
}
