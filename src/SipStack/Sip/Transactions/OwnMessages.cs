using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Reads back what this stack built itself.</summary>
internal static class OwnMessages
{
    private static readonly SipMessageParser Parser = new(new SipParserOptions
    {
        MaxMessageBytes = int.MaxValue,
        MaxHeadBytes = int.MaxValue,
        MaxBodyBytes = int.MaxValue,
    });

    /// <exception cref="InvalidOperationException">The octets are malformed: a header that the user gave is.</exception>
    public static SipMessage Parse(byte[] octets)
    {
        var message = new SipMessage();
        var result = Parser.Parse(message, octets);
        return result.IsParsed
            ? message
            : throw new InvalidOperationException($"A message to be sent is malformed: {result.Error} at octet {result.Offset}.");
    }
}
