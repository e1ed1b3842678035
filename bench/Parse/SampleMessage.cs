using System.Text;

namespace PosteRestante.Bench.Parse;

/// <summary>A MESSAGE as a deposit gets it from a SIP core: 800 octets with all the fields a deposit looks at.</summary>
internal static class SampleMessage
{
    private const int Length = 800;

    private const string Head =
        "MESSAGE sip:bob@example.net SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK74bf9a3c5e20d1;rport\r\n" +
        "Max-Forwards: 69\r\n" +
        "From: \"Alice\" <sip:alice@example.net>;tag=9fxced76sl\r\n" +
        "To: <sip:bob@example.net>\r\n" +
        "Call-ID: 3848276298220188511@192.0.2.7\r\n" +
        "CSeq: 17 MESSAGE\r\n" +
        "P-Asserted-Identity: <sip:alice@example.net>\r\n" +
        "Privacy: none\r\n" +
        "Require: norefersub\r\n" +
        "Date: Sun, 22 Nov 2026 10:58:02 GMT\r\n" +
        "Expires: 86400\r\n" +
        "Subject: Lunch on Thursday\r\n" +
        "User-Agent: IM-client/OMA1.0 Demo/1.0\r\n" +
        "Content-Type: text/plain;charset=utf-8\r\n" +
        "Content-Length: ";

    public static byte[] Octets()
    {
        var bodyLength = Length - Head.Length - "nnn\r\n\r\n".Length;
        return Encoding.ASCII.GetBytes($"{Head}{bodyLength}\r\n\r\n{new string('x', bodyLength)}");
    }
}
