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
        ReadVia(message, ref cursor);
        ReadFrom(message, ref cursor);
        ReadTo(message, ref cursor);
        ReadCallId(message, ref cursor);
        ReadCSeq(message, ref cursor);
        ReadMaxForwards(message, ref cursor);
        ReadContentLength(message, ref cursor);
        if (message.HasRepeated(OnlyOnce))
        {
            cursor.Fail(SipParseError.RepeatedHeader, 0);
        }
    }

    private static void ReadVia(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.Via, out var value))
        {
            cursor.Fail(SipParseError.MissingVia, 0);
            return;
        }

        var first = SipValueCollection.FirstLength(value.Span);
        if (!SipVia.TryParse(first == value.Length ? value : value.Slice(0, first).Trim(), out var via))
        {
            cursor.Fail(SipParseError.BadVia, message.OffsetOf(value));
        }

        message.TopVia = via; // whatever of it could be read, for the answer
    }

    private static void ReadFrom(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.From, out var value))
        {
            cursor.Fail(SipParseError.MissingFrom, 0);
        }
        else if (SipNameAddress.TryParse(value, out var from))
        {
            message.From = from;
        }
        else
        {
            cursor.Fail(SipParseError.BadFrom, message.OffsetOf(value));
        }
    }

    private static void ReadTo(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.To, out var value))
        {
            cursor.Fail(SipParseError.MissingTo, 0);
        }
        else if (SipNameAddress.TryParse(value, out var to))
        {
            message.To = to;
        }
        else
        {
            cursor.Fail(SipParseError.BadTo, message.OffsetOf(value));
        }
    }

    private static void ReadCallId(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.CallId, out var value))
        {
            cursor.Fail(SipParseError.MissingCallId, 0);
        }
        else if (SipSyntax.IsCallId(value.Span))
        {
            message.CallId = value;
        }
        else
        {
            cursor.Fail(SipParseError.BadCallId, message.OffsetOf(value));
        }
    }

    private static void ReadCSeq(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.CSeq, out var value))
        {
            cursor.Fail(SipParseError.MissingCSeq, 0);
            return;
        }

        if (!SipCSeq.TryParse(value.Span, out var cseq))
        {
            cursor.Fail(SipParseError.BadCSeq, message.OffsetOf(value));
            return;
        }

        message.CSeq = cseq;
        if (message.IsRequest && cseq.Method != message.Method)
        {
            cursor.Fail(SipParseError.CSeqMethodMismatch, message.OffsetOf(value));
        }
        else
        {
            message.Method = cseq.Method;
        }
    }

    private static void ReadMaxForwards(SipMessage message, ref Cursor cursor)
    {
        if (!message.TryGet(SipHeaderName.MaxForwards, out var value))
        {
            return;
        }

        if (SipSyntax.TryReadNumber(value.Span, 255, out var hops))
        {
            message.MaxForwards = (int)hops;
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

        if (SipSyntax.TryReadNumber(value.Span, int.MaxValue, out var length))
        {
            message.ContentLength = (int)length;
        }
        else
        {
            cursor.Fail(SipParseError.BadContentLength, message.OffsetOf(value));
        }
    }
}
