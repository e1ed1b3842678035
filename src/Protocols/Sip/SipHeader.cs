namespace PosteRestante.Protocols.Sip;

/// <summary>One header field as it stands in a message.</summary>
/// <param name="Name">Which field it is.</param>
/// <param name="NameText">The name as it was spelt.</param>
/// <param name="Value">The value as it came, without white space at its ends; folds inside it are kept.</param>
/// <param name="Line">The whole field, name to final CRLF, for handing it on octet for octet.</param>
public readonly record struct SipHeader(SipHeaderName Name, SipText NameText, SipText Value, SipText Line)
{
    /// <summary>The value as text, each fold read as one space (RFC 3261 7.3.1).</summary>
    public string ToText() => SipFolding.Unfold(Value);
}
