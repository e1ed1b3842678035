using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>
/// Checks those fields of a request that say where things go and what the body is, if they are there: whoever uses them later
/// need not answer 400 any more. A page-mode message has none of the first three (RFC 3428 4), and costs nothing here.
/// </summary>
internal static class SipRoutingFields
{
    public static void Check(SipMessage message, ref Cursor cursor)
    {
        var typeIsBad = message.TryGet(SipHeaderName.ContentType, out var type) && !message.SetContentType(type);
        if (!message.IsRequest)
        {
            return; // of a response, whoever uses a field finds out
        }

        if (message.Contains(SipHeaderName.Contact))
        {
            CheckAddresses(message, SipHeaderName.Contact, SipParseError.BadContact, ref cursor);
        }

        if (message.Contains(SipHeaderName.Route))
        {
            CheckAddresses(message, SipHeaderName.Route, SipParseError.BadRoute, ref cursor);
        }

        if (message.Contains(SipHeaderName.RecordRoute))
        {
            CheckAddresses(message, SipHeaderName.RecordRoute, SipParseError.BadRoute, ref cursor);
        }

        if (typeIsBad)
        {
            cursor.Fail(SipParseError.BadContentType, message.OffsetOf(type));
        }
    }

    private static void CheckAddresses(SipMessage message, SipHeaderName name, SipParseError error, ref Cursor cursor)
    {
        foreach (var value in message.GetValues(name))
        {
            // "Contact: *" removes all bindings (RFC 3261 10.2.2).
            if (!SipNameAddress.TryParse(value, out _) && !(name == SipHeaderName.Contact && value.Is("*"u8)))
            {
                cursor.Fail(error, message.OffsetOf(value));
            }
        }
    }
}
