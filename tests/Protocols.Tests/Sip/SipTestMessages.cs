using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.Protocols.Tests.Sip;

/// <summary>Messages to read, and reading them.</summary>
internal static class SipTestMessages
{
    public static readonly SipMessageParser Parser = new(new SipParserOptions());

    public const string Deposit =
        "MESSAGE sip:bob@example.net SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP 192.0.2.7:5070;branch=z9hG4bK776sgdkse;rport\r\n" +
        "Max-Forwards: 70\r\n" +
        "From: \"Alice Liddell\" <sip:alice@example.net>;tag=49583\r\n" +
        "To: <sip:bob@example.net>\r\n" +
        "Call-ID: asd88asd77a@192.0.2.7\r\n" +
        "CSeq: 1 MESSAGE\r\n" +
        "Date: Sun, 22 Nov 2026 10:58:02 GMT\r\n" +
        "Expires: 86400\r\n" +
        "P-Asserted-Identity: <sip:alice@example.net>, <tel:+15551234>\r\n" +
        "Privacy: id;critical\r\n" +
        "Require: norefersub, timer\r\n" +
        "Subject: Lunch\r\n" +
        "Content-Type: text/plain;charset=utf-8\r\n" +
        "Content-Length: 5\r\n" +
        "\r\n" +
        "Noon?";

    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    public static SipMessage Parse(string text)
    {
        var message = TryParse(text, out var result);
        result.ShouldBe(new SipParseResult(SipParseError.None, 0));
        return message;
    }

    public static SipMessage TryParse(string text, out SipParseResult result)
    {
        var message = new SipMessage();
        result = Parser.Parse(message, Octets(text));
        return message;
    }

    /// <summary>The deposit with one header line in place of that of the same name, or before Content-Length.</summary>
    public static string With(string line)
    {
        var name = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
        var start = Deposit.IndexOf("\r\n" + name, StringComparison.Ordinal);
        if (start < 0)
        {
            return Deposit.Replace("Content-Length", line + "\r\nContent-Length", StringComparison.Ordinal);
        }

        start += 2;
        var end = Deposit.IndexOf("\r\n", start, StringComparison.Ordinal);
        return Deposit[..start] + line + Deposit[end..];
    }

    public static string Without(string name)
    {
        var start = Deposit.IndexOf("\r\n" + name + ":", StringComparison.Ordinal) + 2;
        var end = Deposit.IndexOf("\r\n", start, StringComparison.Ordinal) + 2;
        return Deposit[..start] + Deposit[end..];
    }
}
