namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>One value of Warning: <c>399 example.net "no messages"</c> (RFC 3261 20.43).</summary>
/// <param name="Code">Three digits; 399 is for anything, and no machine may act on it.</param>
/// <param name="Agent">Who warns: a host with or without port, or a pseudonym.</param>
/// <param name="Text">For people.</param>
public sealed record SipWarning(int Code, string Agent, string Text)
{
    /// <summary>Reads a value that is the whole of <paramref name="text"/>; null when it is malformed.</summary>
    public static SipWarning? Parse(SipText text)
    {
        var span = text.Span;
        var quote = span.IndexOf((byte)'"');
        if (quote < 0 || SipSyntax.QuotedLength(span[quote..]) != span.Length - quote
            || span.Length < 4 || span[3] != (byte)' ' || !SipSyntax.TryReadNumber(span[..3], 999, out var code))
        {
            return null;
        }

        var agent = text.Slice(4, Math.Max(quote - 4, 0)).Trim();
        return agent.IsEmpty || agent.Span.Contains((byte)' ')
            ? null
            : new SipWarning((int)code, agent.ToString(), SipQuotedString.Decode(text.Slice(quote)));
    }

    /// <summary>The value as it stands in a message.</summary>
    public override string ToString() => $"{Code:D3} {Agent} {SipQuotedString.Encode(Text)}";
}
