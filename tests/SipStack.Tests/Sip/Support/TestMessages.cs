using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>Messages as a peer writes them.</summary>
internal static class TestMessages
{
    private static readonly SipMessageParser Parser = new(new SipParserOptions());

    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static SipMessage Parse(ReadOnlySpan<byte> octets)
    {
        var message = new SipMessage();
        var result = Parser.Parse(message, octets.ToArray());
        result.Error.ShouldBe(SipParseError.None, Encoding.UTF8.GetString(octets));
        return message;
    }

    /// <summary>A request from 10.0.0.2.</summary>
    public static string Request(
        string method,
        string branch = "z9hG4bKabc",
        string transport = "UDP",
        string sentBy = "10.0.0.2:5060",
        string via = ";rport",
        string toTag = "",
        string callId = "call-1",
        uint cseq = 1,
        string fromTag = "peer-tag",
        string cseqMethod = "",
        string uri = "sip:bob@example.net",
        string extra = "",
        string body = "")
    {
        var to = toTag.Length == 0 ? "<sip:bob@example.net>" : $"<sip:bob@example.net>;tag={toTag}";
        return $"{method} {uri} SIP/2.0\r\n"
            + $"Via: SIP/2.0/{transport} {sentBy};branch={branch}{via}\r\n"
            + $"From: <sip:alice@example.net>;tag={fromTag}\r\nTo: {to}\r\n"
            + $"Call-ID: {callId}\r\nCSeq: {cseq} {(cseqMethod.Length == 0 ? method : cseqMethod)}\r\nMax-Forwards: 70\r\n"
            + $"{extra}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    /// <summary>The response of a peer to a request that we sent.</summary>
    public static string Response(SipMessage request, int status, string toTag = "uas-tag", string extra = "", string body = "")
    {
        var to = request.To.Tag.IsEmpty && toTag.Length > 0 ? $"{Value(request, SipHeaderName.To)};tag={toTag}" : Value(request, SipHeaderName.To);
        return $"SIP/2.0 {status} Whatever\r\n"
            + $"Via: {request.TopVia.Text}\r\nFrom: {Value(request, SipHeaderName.From)}\r\nTo: {to}\r\n"
            + $"Call-ID: {request.CallId}\r\nCSeq: {request.CSeq}\r\n"
            + $"{extra}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    private static string Value(SipMessage message, SipHeaderName name) => message.GetText(name)!;
}
