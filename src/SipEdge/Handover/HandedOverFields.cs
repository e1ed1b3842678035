using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// Which header fields of an original are handed over (profile 4.7a; A12, A13): what belongs to the hops it came over, and
/// every credential, is taken out; the rest stays octet for octet and in order.
/// </summary>
public static class HandedOverFields
{
    /// <summary>Whether a field stays.</summary>
    /// <param name="header">The field.</param>
    /// <param name="withAssertedIdentity">Whether P-Asserted-Identity may be shown to the recipient.</param>
    public static bool Keeps(in SipHeader header, bool withAssertedIdentity) => header.Name switch
    {
        SipHeaderName.Via or SipHeaderName.Route or SipHeaderName.RecordRoute or SipHeaderName.MaxForwards
            or SipHeaderName.Path or SipHeaderName.ServiceRoute or SipHeaderName.PServedUser
            or SipHeaderName.Authorization or SipHeaderName.ProxyAuthorization or SipHeaderName.ProxyAuthenticate
            or SipHeaderName.ProxyRequire or SipHeaderName.WwwAuthenticate => false,
        SipHeaderName.PAssertedIdentity => withAssertedIdentity,
        SipHeaderName.Unknown => !IsOfTheNetwork(header.NameText),
        _ => true,
    };

    /// <summary>
    /// Whether the sender's asserted identity may be shown: only if a trusted peer asserted it (RFC 3325 5) and the sender
    /// did not ask for privacy (A12; RFC 3325 7, RFC 3323).
    /// </summary>
    public static bool ShowsAssertedIdentity(SipMessage original, bool wasAsserted)
    {
        ArgumentNullException.ThrowIfNull(original);
        return wasAsserted
            && !original.HasToken(SipHeaderName.Privacy, "id"u8)
            && !original.HasToken(SipHeaderName.Privacy, "header"u8)
            && !original.HasToken(SipHeaderName.Privacy, "user"u8);
    }

    /// <summary>Whether a field belonged to the INVITE that opened a session, and not to the message it brought.</summary>
    internal static bool IsOfTheTransaction(in SipHeader header) => header.Name switch
    {
        SipHeaderName.CSeq or SipHeaderName.Contact or SipHeaderName.Date or SipHeaderName.PAssertedIdentity => true,
        _ => false,
    };

    /// <summary>Whether a field describes the body of a SEND, or says which message it is.</summary>
    internal static bool IsOfTheBody(in SipHeader header) =>
        header.Name is SipHeaderName.ContentType or SipHeaderName.ContentLength
        || (header.NameText.Length > 8 && header.NameText.Slice(0, 8).IsIgnoreCase("Content-"u8))
        || header.NameText.IsIgnoreCase("Message-ID"u8);

    /// <summary>Whether a field that describes a body is written where its frame has a place for it.</summary>
    internal static bool IsFraming(in SipHeader header) =>
        header.Name is SipHeaderName.ContentType or SipHeaderName.ContentLength || header.NameText.IsIgnoreCase("Message-ID"u8);

    private static bool IsOfTheNetwork(SipText name) =>
        name.IsIgnoreCase("P-Access-Network-Info"u8)
        || name.IsIgnoreCase("P-Visited-Network-ID"u8)
        || (name.Length > 11 && name.Slice(0, 11).IsIgnoreCase("P-Charging-"u8))
        || name.IsIgnoreCase("Security-Client"u8)
        || name.IsIgnoreCase("Security-Server"u8)
        || name.IsIgnoreCase("Security-Verify"u8);
}
