namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// A number of seconds with parameters: Session-Expires and Min-SE (RFC 4028 4, 5), Retry-After, whose comment is passed over
/// (RFC 3261 20.33), Min-Expires.
/// </summary>
public readonly struct SipDelta
{
    private SipDelta(uint seconds, SipParameters parameters)
    {
        Seconds = seconds;
        Parameters = parameters;
    }

    /// <summary>The seconds, 0 to 2^32-1.</summary>
    public uint Seconds { get; }

    /// <summary>The parameters: <c>refresher</c> of Session-Expires, <c>duration</c> of Retry-After.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads a value that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipDelta delta)
    {
        delta = default;
        var span = text.Span;
        var digits = span.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? span.Length : digits;
        if (!SipSyntax.TryReadNumber(span[..digits], uint.MaxValue, out var seconds))
        {
            return false;
        }

        var end = SkipComment(span, digits);
        if (end < 0 || !SipParameters.AreValid(span, end))
        {
            return false;
        }

        delta = new SipDelta(seconds, new SipParameters(text.Slice(end)));
        return true;
    }

    // [ LPAREN … RPAREN ], comments within comments and quoted pairs too; -1 when it never ends.
    private static int SkipComment(ReadOnlySpan<byte> text, int position)
    {
        var start = SipSyntax.SkipWhitespace(text, position);
        if (start == text.Length || text[start] != (byte)'(')
        {
            return position;
        }

        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return i + 1;
            }
        }

        return -1;
    }
}
