namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>What came of parsing one message.</summary>
/// <param name="Error">The first error, or <see cref="SipParseError.None"/>.</param>
/// <param name="Offset">Where it lies, from the start line on; 0 when there is none, or when it is no place.</param>
public readonly record struct SipParseResult(SipParseError Error, int Offset)
{
    /// <summary>Whether the octets are a message.</summary>
    public bool IsParsed => Error == SipParseError.None;
}
