namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// A token with parameters: Content-Disposition (RFC 3261 20.11), Event and Subscription-State (RFC 6665 8.4), Refer-Sub
/// (RFC 4488 4), Content-Encoding, a value of Supported or Allow.
/// </summary>
public readonly struct SipTokenValue
{
    private SipTokenValue(SipText token, SipParameters parameters)
    {
        Token = token;
        Parameters = parameters;
    }

    /// <summary>The token; compared without case.</summary>
    public SipText Token { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads a value that is the whole of <paramref name="text"/>; false when it is malformed.</summary>
    public static bool TryParse(SipText text, out SipTokenValue value)
    {
        var span = text.Span;
        var length = SipSyntax.TokenLength(span);
        var parsed = length > 0 && SipParameters.AreValid(span, length);
        value = parsed ? new SipTokenValue(text.Part(0, length), new SipParameters(text.Slice(length))) : default;
        return parsed;
    }

    /// <summary>Whether this is the token <paramref name="token"/>, letters without case.</summary>
    public bool Is(ReadOnlySpan<byte> token) => Token.IsIgnoreCase(token);

    /// <summary>
    /// For Content-Disposition: whether a body of an unknown type or disposition may be passed over (RFC 3261 20.11, 8.2.3).
    /// </summary>
    public bool HandlingIsOptional => Parameters.Get("handling"u8).IsIgnoreCase("optional"u8);

    /// <inheritdoc/>
    public override string ToString() => Token.ToString();
}
