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
        if (!TrySplit(text, out var number, out var methodStart) || !SipMethod.TryParse(text[methodStart..], out var method))
        {
            return false;
        }

        cseq = new SipCSeq(number, method);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Number} {Method}";

    // 1*DIGIT LWS Method
    internal static bool TrySplit(ReadOnlySpan<byte> text, out uint number, out int methodStart)
    {
        var digits = 0;
        while (digits < text.Length && (uint)(text[digits] - '0') <= 9)
        {
            digits++;
        }

        methodStart = SipSyntax.SkipWhitespace(text, digits);
        return SipSyntax.TryReadNumber(text[..digits], int.MaxValue, out number) && methodStart > digits;
    }
}
