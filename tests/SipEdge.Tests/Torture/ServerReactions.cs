namespace PosteRestante.SipEdge.Tests.Torture;

/// <summary>
/// The reaction of the running service to each message of RFC 4475, written from the RFC and the design before any was
/// sent to it. The service is that of <c>example.com</c>, serves the users that the messages address
/// (<see cref="Users"/>), is neither proxy nor registrar, and stands alone on a loopback, so that it takes a MESSAGE of anyone.
/// </summary>
internal static class ServerReactions
{
    private const string NoCalls = "The RFC lets a phone answer; here a session to a served user brings large messages, and what it offers is judged as that.";
    private const string Registrar = "The registrar does not serve the user in To (RFC 3261 10.3 step 5).";

    /// <summary>Who is served.</summary>
    public static IReadOnlyList<string> Users { get; } =
    [
        "sip:user@example.com",
        "sip:UserB@example.com",
        "sip:kumiko@example.org",
        "sip:vivekg@chair-dnrc.example.com",
        "sip:sips%3Auser%40example.com@example.net",
        "sip:user;par=u%40example.net@example.com",
        "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com",
    ];

    /// <summary>In the order of the corpus.</summary>
    public static IReadOnlyList<ServerReaction> All { get; } =
    [
        // Valid messages
        new("wsinv", 481, "Its To has a tag: of a dialog that is not (RFC 3261 12.2.2), before anything is asked of the method."),
        new("intmeth", 405, "An unknown method to a served user, whose URI carries a password: that is no part of his name."),
        new("esc01", 488, NoCalls + " The user part, unescaped, is found."),
        new("escnull", 404, Registrar),
        new("esc02", 404, "registrar.example.com is none of our names, and a method nobody knows does not change that."),
        new("lwsdisp", 200),
        new("longreq", 488, NoCalls),
        new("dblreq", 404, [404, 400], Closes: true, Registrar + " In a stream the second request is answered too: an INVITE without Contact (found by running), whomever it is for; what follows it is no SIP."),
        new("semiuri", 200),
        new("transports", 200),
        new("mpart01", 202, "Stored, binary body and all; its Route names another element, which is a proxy's matter."),
        new("unreason", 0, "A response that matches nothing."),
        new("noreason", 0, "A response that matches nothing."),

        // Invalid messages
        new("badinv01", 400),
        new("clerr", 400, [], Closes: false, "A stream may still bring the rest; its age is limited."),
        new("ncl", 400, [400], Closes: true, "A stream cannot be cut after it."),
        new("scalar02", 400),
        new("scalarlg", 0, "A response."),
        new("quotbal", 400),
        new("ltgtruri", 400),
        new("lwsruri", 400),
        new("lwsstart", 400, "The RFC allows to be lenient; two readings of a start line are a risk."),
        new("trws", 400, "As lwsstart."),
        new("escruri", 400, "The RFC allows to ignore the header part; what it hides is a Route."),
        new("baddate", 488, NoCalls),
        new("regbadct", 400),
        new("badaspec", 400),
        new("baddn", 400, [], Closes: false, "The corpus file lacks its empty line, so a stream waits for it."),
        new("badvers", 505),
        new("mismatch01", 400),
        new("mismatch02", 400),
        new("bigcode", 0, "A response."),

        // Transaction layer semantics
        new("badbranch", 200, "Matched by the rules of RFC 2543 (400 is the other choice)."),

        // Application layer semantics
        new("insuf", 400),
        new("unkscm", 416),
        new("novelsc", 416),
        new("unksm2", 404, Registrar),
        new("bext01", 420, "Unsupported names what Require did; Proxy-Require is for proxies."),
        new("invut", 415, "A session to a served user brings large messages, and its INVITE has an offer alone."),
        new("regaut01", 404, Registrar),
        new("multi01", 400),
        new("mcl01", 400, [400], Closes: true, "A stream cannot be cut after two lengths."),
        new("bcast", 0, "Matches no transaction, and its second Via must not be sent to."),
        new("zeromf", 200, "It is not forwarded, so nothing ends it."),
        new("cparam01", 404, Registrar),
        new("cparam02", 404, Registrar),
        new("regescrt", 401, "The registrar serves the user, who says nothing of who he is."),
        new("sdp01", 406, "The answer to an offer is SDP, also for a session that brings large messages."),

        // Backward compatibility
        new("inv2543", 400, [400], Closes: true, "No Contact, which RFC 3261 8.1.1.8 demands of an INVITE and RFC 2543 did not; an element that takes no calls of 1999 needs no second reading. A stream also lacks its Content-Length."),

        // Beside RFC 4475
        new("test", 0, "No Via to answer to."),
    ];
}
