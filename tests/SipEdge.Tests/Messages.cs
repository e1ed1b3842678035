using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipEdge.Tests;

/// <summary>SIP messages for tests, written as text with <c>\n</c> line ends.</summary>
internal static class Messages
{
    public const string Pager = """
        MESSAGE sip:bob@example.net SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
        Max-Forwards: 70
        From: "Alice" <sip:alice@example.net>;tag=a9
        To: <sip:bob@example.net>
        Call-ID: 77@alice.example.net
        CSeq: 1 MESSAGE
        Subject: Lunch
        Content-Type: text/plain
        Content-Length: 5

        Noon?
        """;

    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static SipMessage Parse(string text)
    {
        var message = new SipMessage();
        new SipMessageParser(new SipParserOptions()).Parse(message, Octets(text)).IsParsed.ShouldBeTrue();
        return message;
    }

    /// <summary>The pager message with another header line added before Content-Type.</summary>
    public static string With(string line) => Pager.Replace("Content-Type:", line + "\nContent-Type:", StringComparison.Ordinal);

    /// <summary>The pager message with another body.</summary>
    public static string WithBody(string contentType, string body)
    {
        var crlf = body.ReplaceLineEndings("\r\n");
        var head = Pager[..Pager.IndexOf("Content-Type:", StringComparison.Ordinal)];
        return $"{head}Content-Type: {contentType}\nContent-Length: {Encoding.UTF8.GetByteCount(crlf)}\n\n{body}";
    }
}
