namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>One <c>name[=value]</c> of a header field or URI.</summary>
/// <param name="Name">The name; compared without case.</param>
/// <param name="Value">The value as it came, quotes included; empty when there is none.</param>
public readonly record struct SipParameter(SipText Name, SipText Value)
{
    /// <summary>The value as text, quotes and backslashes taken off.</summary>
    public string ToText() => SipQuotedString.Decode(Value);
}
