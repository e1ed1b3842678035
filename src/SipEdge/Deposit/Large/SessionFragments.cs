using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>
/// What is kept of the requests and answers of a session (DM-12.2.2.3-2, A19). Of the INVITE that is every field but those that
/// describe its body or are credentials, so that fields nobody here knows survive; what belongs to hops is taken out when it is
/// handed over, as of any message (profile 4.7a).
/// </summary>
internal static class SessionFragments
{
    // What the specification lists for INVITE, 200 and BYE, and what A19 adds; of a BYE the reason too (RFC 3326).
    private static readonly SipHeaderName[] ByeFields =
    [
        SipHeaderName.From, SipHeaderName.To, SipHeaderName.PAssertedIdentity, SipHeaderName.Subject, SipHeaderName.Date,
        SipHeaderName.CallId,
    ];

    /// <summary>Request line and kept fields of an INVITE.</summary>
    public static byte[] OfInvite(SipMessage invite)
    {
        var kept = new ArrayBufferWriter<byte>(invite.Head.Length);
        var head = invite.Head.Span;
        kept.Write(head[..(head.IndexOf((byte)'\n') + 1)]);
        foreach (var header in invite.Headers)
        {
            if (!IsOfTheBody(header) && !IsCredential(header))
            {
                kept.Write(header.Line.Span);
            }
        }

        return kept.WrittenSpan.ToArray();
    }

    /// <summary>The 200 to an INVITE.</summary>
    public static byte[] OfSuccess(SipMessage invite, ReadOnlySpan<byte> toTag, string date) => Encoding.UTF8.GetBytes(
        $"SIP/2.0 200 OK\r\nFrom: {Value(invite, SipHeaderName.From)}\r\nTo: {Value(invite, SipHeaderName.To)};tag={Encoding.ASCII.GetString(toTag)}\r\nCall-ID: {Value(invite, SipHeaderName.CallId)}\r\nDate: {date}\r\n\r\n");

    /// <summary>A BYE.</summary>
    public static ImmutableArray<byte> OfBye(SipMessage bye)
    {
        var kept = new ArrayBufferWriter<byte>(256);
        var head = bye.Head.Span;
        kept.Write(head[..(head.IndexOf((byte)'\n') + 1)]);
        foreach (var header in bye.Headers)
        {
            if (ByeFields.Contains(header.Name) || header.NameText.IsIgnoreCase("Reason"u8))
            {
                kept.Write(header.Line.Span);
            }
        }

        kept.Write("\r\n"u8);
        return [.. kept.WrittenSpan];
    }

    private static string Value(SipMessage message, SipHeaderName name) => message.GetText(name) ?? string.Empty;

    private static bool IsOfTheBody(in SipHeader header) =>
        header.Name is SipHeaderName.ContentType or SipHeaderName.ContentLength or SipHeaderName.ContentEncoding
            or SipHeaderName.ContentDisposition or SipHeaderName.ContentId or SipHeaderName.ContentLanguage
        || header.NameText.IsIgnoreCase("Message-ID"u8); // the SEND's stands under this name

    private static bool IsCredential(in SipHeader header) =>
        header.Name is SipHeaderName.Authorization or SipHeaderName.ProxyAuthorization;
}
