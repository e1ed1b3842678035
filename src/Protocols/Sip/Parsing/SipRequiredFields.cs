using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>
/// Reads the fields that a message cannot do without (RFC 3261 8.1.1, 20), and the two numbers that decide about it at once.
/// Max-Forwards, a From tag and a branch may be absent: elements of RFC 2543 do not send them.
/// </summary>
internal static class SipRequiredFields
{
    private const ulong OnlyOnce =
        (1UL << (int)SipHeaderName.CallId) | (1UL << (int)SipHeaderName.CSeq) | (1UL << (int)SipHeaderName.From)
        | (1UL << (int)SipHeaderName.To) | (1UL << (int)SipHeaderName.MaxForwards)
        | (1UL << (int)SipHeaderName.ContentLength) | (1UL << (int)SipHeaderName.ContentType);

    public static void Read(SipMessage message, ref Cursor cursor)
    {
        if (Find(message, SipHeaderName.Via, SipParseError.MissingVia, ref cursor, out var via) && !message.SetTopVia(via))
        {
            cursor.Fail(SipParseError.BadVia, message.OffsetOf(via));
        }

        if (Find(message, SipHeaderName.From, SipParseError.MissingFrom, ref cursor, out var from) && !message.SetFrom(from))
        {
            cursor.Fail(SipParseError.BadFrom, message.OffsetOf(from));
        }

        if (Find(message, SipHeaderName.To, SipParseError.MissingTo, ref cursor, out var to) && !message.SetTo(to))
        {
            cursor.Fail(SipParseError.BadTo, message.OffsetOf(to));
        }

        if (Find(message, SipHeaderName.CallId, SipParseError.MissingCallId, ref cursor, out var callId) && !SipSyntax.IsCallId(callId))
        {
            cursor.Fail(SipParseError.BadCallId, message.OffsetOf(callId));
        }

        if (Find(message, SipHeaderName.CSeq, SipParseError.MissingCSeq, ref cursor, out var cseq))
        {
            ReadCSeq(message, cseq, ref cursor);
        }

        ReadMaxForwards(message, ref cursor);
        ReadContentLength(message, ref cursor);
        if (message.HasRepeated(OnlyOnce))
        {
            cursor.Fail(SipParseError.RepeatedHeader, 0);
        }
    }

    private static bool Find(SipMessage message, SipHeaderName name, SipParseError missing, ref Cursor cursor, out SipText value)
    {
        var found = message.TryGet(name, out value);
        if (!found)
        {
            cursor.Fail(missing, 0);
        }

        return found;
    }

    private static void ReadCSeq(SipMessage message, SipText value, ref Cursor cursor)
    {
        var span = value.Span;
        if (!SipCSeq.TrySplit(span, out var number, out var methodStart))
        {
            cursor.Fail(SipParseError.BadCSeq, message.OffsetOf(value));
            return;
        }

        var method = message.Method;
        if (!method.Is(span[methodStart..]) && !SipMethod.TryParse(span[methodStart..], out method))
        {
            cursor.Fail(SipParseError.BadCSeq, message.OffsetOf(value));
            return;
        }

        if (message.IsRequest && method != message.Method)
        {
            cursor.Fail(SipParseError.CSeqMethodMismatch, message.OffsetOf(value));
            return;
        }

        message.SetCSeq(number, method);
    }

    private static void ReadMaxForwards(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.MaxForwards, out var value))
        {
            return;
        }

        if (SipSyntax.TryReadNumber(value, 255, out var hops))
        {
            message.SetMaxForwards(hops);
        }
        else
        {
            cursor.Fail(SipParseError.BadMaxForwards, message.OffsetOf(value));
        }
    }

    private static void ReadContentLength(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.ContentLength, out var value))
        {
            return;
        }

        if (SipSyntax.TryReadNumber(value, int.MaxValue, out var length))
        {
            message.SetContentLength(length);
        }
        else
        {
            cursor.Fail(SipParseError.BadContentLength, message.OffsetOf(value));
        }
    }
}
