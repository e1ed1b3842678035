using System.Runtime.Intrinsics;
using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>How the known header fields are spelt: the name of their defining RFC, and the compact form where there is one.</summary>
public static class SipHeaderNames
{
    private const int BucketCount = 256;

    private const byte LowerCase = 0x20;

    private static readonly byte[][] Canonical = new byte[Enum.GetValues<SipHeaderName>().Length][];
    private static readonly SipHeaderName[] Compact = new SipHeaderName['z' - 'a' + 1];

    // A name that finds its bucket taken goes into the next.
    private static readonly SipHeaderName[] Buckets = new SipHeaderName[BucketCount];

    // The names in lower case, each with the colon that ends it.
    private static readonly Vector256<byte>[] Folded = new Vector256<byte>[Canonical.Length];

    static SipHeaderNames()
    {
        Canonical[(int)SipHeaderName.Unknown] = [];
        Define(SipHeaderName.Accept, "Accept");
        Define(SipHeaderName.AcceptContact, "Accept-Contact", 'a'); // RFC 3841
        Define(SipHeaderName.AcceptEncoding, "Accept-Encoding");
        Define(SipHeaderName.AcceptLanguage, "Accept-Language");
        Define(SipHeaderName.Allow, "Allow");
        Define(SipHeaderName.AllowEvents, "Allow-Events", 'u'); // RFC 6665
        Define(SipHeaderName.Authorization, "Authorization");
        Define(SipHeaderName.CallId, "Call-ID", 'i');
        Define(SipHeaderName.Contact, "Contact", 'm');
        Define(SipHeaderName.ContentDisposition, "Content-Disposition");
        Define(SipHeaderName.ContentEncoding, "Content-Encoding", 'e');
        Define(SipHeaderName.ContentId, "Content-ID"); // RFC 8262
        Define(SipHeaderName.ContentLanguage, "Content-Language");
        Define(SipHeaderName.ContentLength, "Content-Length", 'l');
        Define(SipHeaderName.ContentType, "Content-Type", 'c');
        Define(SipHeaderName.CSeq, "CSeq");
        Define(SipHeaderName.Date, "Date");
        Define(SipHeaderName.ErrorInfo, "Error-Info");
        Define(SipHeaderName.Event, "Event", 'o'); // RFC 6665
        Define(SipHeaderName.Expires, "Expires");
        Define(SipHeaderName.From, "From", 'f');
        Define(SipHeaderName.InReplyTo, "In-Reply-To");
        Define(SipHeaderName.MaxForwards, "Max-Forwards");
        Define(SipHeaderName.MimeVersion, "MIME-Version");
        Define(SipHeaderName.MinExpires, "Min-Expires");
        Define(SipHeaderName.MinSe, "Min-SE"); // RFC 4028
        Define(SipHeaderName.Organization, "Organization");
        Define(SipHeaderName.PAssertedIdentity, "P-Asserted-Identity"); // RFC 3325
        Define(SipHeaderName.PPreferredIdentity, "P-Preferred-Identity"); // RFC 3325
        Define(SipHeaderName.PServedUser, "P-Served-User"); // RFC 5502
        Define(SipHeaderName.Path, "Path"); // RFC 3327
        Define(SipHeaderName.Priority, "Priority");
        Define(SipHeaderName.Privacy, "Privacy"); // RFC 3323
        Define(SipHeaderName.ProxyAuthenticate, "Proxy-Authenticate");
        Define(SipHeaderName.ProxyAuthorization, "Proxy-Authorization");
        Define(SipHeaderName.ProxyRequire, "Proxy-Require");
        Define(SipHeaderName.RecordRoute, "Record-Route");
        Define(SipHeaderName.ReferSub, "Refer-Sub"); // RFC 4488
        Define(SipHeaderName.ReferTo, "Refer-To", 'r'); // RFC 3515
        Define(SipHeaderName.ReferredBy, "Referred-By", 'b'); // RFC 3892
        Define(SipHeaderName.ReplyTo, "Reply-To");
        Define(SipHeaderName.Require, "Require");
        Define(SipHeaderName.RetryAfter, "Retry-After");
        Define(SipHeaderName.Route, "Route");
        Define(SipHeaderName.Server, "Server");
        Define(SipHeaderName.ServiceRoute, "Service-Route"); // RFC 3608
        Define(SipHeaderName.SessionExpires, "Session-Expires", 'x'); // RFC 4028
        Define(SipHeaderName.SipETag, "SIP-ETag"); // RFC 3903
        Define(SipHeaderName.SipIfMatch, "SIP-If-Match"); // RFC 3903
        Define(SipHeaderName.Subject, "Subject", 's');
        Define(SipHeaderName.SubscriptionState, "Subscription-State"); // RFC 6665
        Define(SipHeaderName.Supported, "Supported", 'k');
        Define(SipHeaderName.Timestamp, "Timestamp");
        Define(SipHeaderName.To, "To", 't');
        Define(SipHeaderName.Unsupported, "Unsupported");
        Define(SipHeaderName.UserAgent, "User-Agent");
        Define(SipHeaderName.Via, "Via", 'v');
        Define(SipHeaderName.Warning, "Warning");
        Define(SipHeaderName.WwwAuthenticate, "WWW-Authenticate");
    }

    /// <summary>The spelling of <paramref name="name"/> on the wire; empty for <see cref="SipHeaderName.Unknown"/>.</summary>
    public static ReadOnlySpan<byte> ToOctets(SipHeaderName name) => Canonical[(int)name];

    /// <summary>The spelling of <paramref name="name"/> on the wire as a string.</summary>
    public static string ToText(SipHeaderName name) => Encoding.ASCII.GetString(Canonical[(int)name]);

    /// <summary>The known field that <paramref name="name"/> spells, long or compact, letters without case (RFC 3261 7.3.1, 7.3.3).</summary>
    public static SipHeaderName Find(ReadOnlySpan<byte> name)
    {
        if (name.Length < 2)
        {
            return name.IsEmpty ? SipHeaderName.Unknown : FindCompact(name[0]);
        }

        var bucket = Bucket(name.Length, name[0], name[^1]);
        for (var known = Buckets[bucket]; known != SipHeaderName.Unknown; known = Buckets[bucket])
        {
            if (SipSyntax.EqualsIgnoreCase(name, Canonical[(int)known]))
            {
                return known;
            }

            bucket = (bucket + 1) & (BucketCount - 1);
        }

        return SipHeaderName.Unknown;
    }

    /// <summary>
    /// As <see cref="Find(ReadOnlySpan{byte})"/>, for a name that lies with its colon in a vector and holds no CR: of all other
    /// octets only the two cases of a letter become the same when the bit that tells them apart is set.
    /// </summary>
    internal static SipHeaderName Find(Vector256<byte> text, int length, byte first, byte last)
    {
        if (length == 1)
        {
            return FindCompact(first);
        }

        var folded = text | Vector256.Create(LowerCase);
        var nameAndColon = (2u << length) - 1;
        var bucket = Bucket(length, first, last);
        for (var known = Buckets[bucket]; known != SipHeaderName.Unknown; known = Buckets[bucket])
        {
            if ((~Vector256.Equals(folded, Folded[(int)known]).ExtractMostSignificantBits() & nameAndColon) == 0)
            {
                return known;
            }

            bucket = (bucket + 1) & (BucketCount - 1);
        }

        return SipHeaderName.Unknown;
    }

    private static SipHeaderName FindCompact(byte letter)
    {
        var index = (letter | LowerCase) - 'a';
        return (uint)index < (uint)Compact.Length ? Compact[index] : SipHeaderName.Unknown;
    }

    // The factors were searched for: with them each name has a bucket of its own, but for Refer-To and Reply-To.
    private static int Bucket(int length, byte first, byte last) =>
        (length + ((first | LowerCase) * 24) + ((last | LowerCase) * 15)) & (BucketCount - 1);

    private static void Define(SipHeaderName name, string text, char compact = '\0')
    {
        var octets = Encoding.ASCII.GetBytes(text);
        Canonical[(int)name] = octets;
        if (compact != '\0')
        {
            Compact[compact - 'a'] = name;
        }

        var folded = new byte[Vector256<byte>.Count];
        Encoding.ASCII.GetBytes(text.ToLowerInvariant() + ":", folded);
        Folded[(int)name] = Vector256.Create(folded);
        var bucket = Bucket(octets.Length, octets[0], octets[^1]);
        while (Buckets[bucket] != SipHeaderName.Unknown)
        {
            bucket = (bucket + 1) & (BucketCount - 1);
        }

        Buckets[bucket] = name;
    }
}
