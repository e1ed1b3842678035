using static PosteRestante.TestKit.SipTorture.TortureStream;
using static PosteRestante.TestKit.SipTorture.TortureVerdict;

namespace PosteRestante.TestKit.SipTorture;

/// <summary>
/// The expected result of each torture message, written from RFC 4475 before the parser was run on any of them. Where the RFC
/// leaves a choice, the reason says which was taken.
/// </summary>
public static class TortureMessages
{
    /// <summary>The 49 messages of RFC 4475 in its order, then <c>test.dat</c>.</summary>
    public static IReadOnlyList<TortureMessage> All { get; } =
    [
        // Valid messages
        new("wsinv", "3.1.1.1", Accepted, null, One, "Folds, odd white space, compact forms, an empty Subject, mixed case: all of it is grammar."),
        new("intmeth", "3.1.1.2", Accepted, null, One, "Every odd octet is allowed where it stands; the method is merely unknown."),
        new("esc01", "3.1.1.3", Accepted, null, One, "The user part is sips%3Auser%40example.com; it is not decoded into a URI."),
        new("escnull", "3.1.1.4", Accepted, null, One, "%00 is an escape like any other; the octet is never cut at it."),
        new("esc02", "3.1.1.5", Accepted, null, One, "A percent sign in a method or a display name is no escape: RE%47IST%45R is not REGISTER."),
        new("lwsdisp", "3.1.1.6", Accepted, null, One, "No white space is needed between a display name and its bracket."),
        new("longreq", "3.1.1.7", Accepted, null, One, "Long values, below every limit."),
        new("dblreq", "3.1.1.8", Accepted, null, TortureStream.Malformed, "In a datagram what follows Content-Length is discarded; in a stream it is the next request. (That one's body is five octets longer than it says, which no stream can be cut after: found by running.)"),
        new("semiuri", "3.1.1.9", Accepted, null, One, "The user part is user;par=u%40example.net; it holds no URI parameter."),
        new("transports", "3.1.1.10", Accepted, null, One, "A Via may name any transport."),
        new("mpart01", "3.1.1.11", Accepted, null, One, "A multipart body with binary octets, not touched here."),
        new("unreason", "3.1.1.12", Accepted, null, One, "A reason phrase is UTF-8 text. A response is not answered."),
        new("noreason", "3.1.1.13", Accepted, null, One, "A reason phrase may be empty. A response is not answered."),

        // Invalid messages
        new("badinv01", "3.1.2.1", Refused, 400, One, "Separators without values in Via and Contact. Via still says where to answer."),
        new("clerr", "3.1.2.2", Refused, 400, Waits, "Fewer octets than Content-Length; a stream may still bring them."),
        new("ncl", "3.1.2.3", Refused, 400, TortureStream.Malformed, "A negative Content-Length; a stream cannot be cut after it."),
        new("scalar02", "3.1.2.4", Refused, 400, One, "CSeq is over 2^31 and Max-Forwards over 255."),
        new("scalarlg", "3.1.2.5", Dropped, 0, One, "A response whose CSeq is over 2^31."),
        new("quotbal", "3.1.2.6", Refused, 400, One, "The quote in To never closes."),
        new("ltgtruri", "3.1.2.7", Refused, 400, One, "A Request-URI stands without angle brackets."),
        new("lwsruri", "3.1.2.8", Refused, 400, One, "A Request-URI holds no white space."),
        new("lwsstart", "3.1.2.9", Refused, 400, One, "One space parts the request line. The RFC allows to be lenient; two readings of a start line are a risk."),
        new("trws", "3.1.2.10", Refused, 400, One, "Nothing follows the version. The RFC allows to be lenient; as lwsstart."),
        new("escruri", "3.1.2.11", Refused, 400, One, "A Request-URI has no header part. The RFC allows to ignore it; refused, as what it hides is a Route."),
        new("baddate", "3.1.2.12", Accepted, null, One, "Date is in EST. The RFC allows to go on; a Date that cannot be read is told as such and decides nothing."),
        new("regbadct", "3.1.2.13", Refused, 400, One, "A Contact with a question mark needs angle brackets."),
        new("badaspec", "3.1.2.14", Refused, 400, One, "White space inside the angle brackets of To."),
        new("baddn", "3.1.2.15", Refused, 400, Waits, "A comma in a display name without quotes. (The corpus file also lacks its empty line, so a stream waits for it.)"),
        new("badvers", "3.1.2.16", Refused, 505, One, "SIP/7.0."),
        new("mismatch01", "3.1.2.17", Refused, 400, One, "OPTIONS in the request line, INVITE in CSeq."),
        new("mismatch02", "3.1.2.18", Refused, 400, One, "As mismatch01 with an unknown method: 400 or 501 by the RFC, and it is malformed before it is unknown."),
        new("bigcode", "3.1.2.19", Dropped, 0, One, "A status code that 32 bits would take for 200-something."),

        // Transaction layer semantics
        new("badbranch", "3.2.1", Accepted, null, One, "The branch is nothing but the magic cookie: matched by the rules of RFC 2543 (400 is the other choice)."),

        // Application layer semantics
        new("insuf", "3.3.1", Refused, 400, One, "Call-ID, From and To are missing; Via and CSeq suffice to answer."),
        new("unkscm", "3.3.2", Accepted, null, One, "A Request-URI of an unknown scheme."),
        new("novelsc", "3.3.3", Accepted, null, One, "A Request-URI of a known scheme that is not SIP's."),
        new("unksm2", "3.3.4", Accepted, null, One, "Unknown schemes in To, From and Contact are grammar. A registrar would refuse; there is none."),
        new("bext01", "3.3.5", Accepted, null, One, "Require names nothing that anybody supports. Proxy-Require is for proxies."),
        new("invut", "3.3.6", Accepted, null, One, "A body of an unknown type."),
        new("regaut01", "3.3.7", Accepted, null, One, "An unknown authorization scheme is passed over; there is no registrar."),
        new("multi01", "3.3.8", Refused, 400, One, "Two of each of CSeq, Call-ID, From, To and Max-Forwards."),
        new("mcl01", "3.3.9", Refused, 400, TortureStream.Malformed, "Two Content-Lengths: a stream cannot be cut after them."),
        new("bcast", "3.3.10", Accepted, null, One, "Well formed; matches no transaction, and its second Via must not be sent to."),
        new("zeromf", "3.3.11", Accepted, null, One, "Max-Forwards 0 ends forwarding, and we do not forward."),
        new("cparam01", "3.3.12", Accepted, null, One, "Without brackets unknownparam belongs to Contact."),
        new("cparam02", "3.3.13", Accepted, null, One, "In brackets unknownparam belongs to the URI."),
        new("regescrt", "3.3.14", Accepted, null, One, "A URI in Contact may have a header part."),
        new("sdp01", "3.3.15", Accepted, null, One, "No answer can be given in any type of Accept."),

        // Backward compatibility
        new("inv2543", "3.4.1", Accepted, null, TortureStream.Malformed, "Of RFC 2543: no branch, no From tag, no Max-Forwards. No Content-Length either, which a stream needs."),

        // Beside RFC 4475
        new("test", "", Dropped, 0, One, "A request line without a version, a line without a colon, and no Via to answer to."),
    ];
}
