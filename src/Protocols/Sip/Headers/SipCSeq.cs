namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>CSeq (RFC 3261 20.16).</summary>
/// <param name="Number">Below 2^31 (RFC 3261 8.1.1.5).</param>
/// <param name="Method">The method of the request.</param>
public readonly record struct SipCSeq(uint Number, SipMethod Method)
{
    /// <summary>Reads a value that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SipCSeq cseq)
    {
        cseq = default;
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits <= 0 || !SipSyntax.TryReadNumber(text[..digits], int.MaxValue, out var number))
        {
            return false;
        }

        var methodStart = SipSyntax.SkipWhitespace(text, digits);
        if (methodStart == digits || !SipMethod.TryParse(text[methodStart..], out var method))
        {
            return false;
        }

        cseq = new SipCSeq((uint)number, method);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Number} {Method}";
}
