using System.Net;
using System.Text;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>One MESSAGE of the load, as its sender keeps it for retransmissions.</summary>
internal sealed record Deposit(string CallId, string User, string Body, byte[] Octets)
{
    /// <summary>Writes a MESSAGE.</summary>
    /// <param name="callId">The Call-ID; branch and tag are made of it.</param>
    /// <param name="user">The user part of the recipient.</param>
    /// <param name="local">Where the response is to go.</param>
    public static Deposit To(string callId, string user, IPEndPoint local)
    {
        var body = $"content of {callId}";
        var text = $"""
            MESSAGE sip:{user}@localhost SIP/2.0
            Via: SIP/2.0/UDP {local};branch=z9hG4bK{callId};rport
            Max-Forwards: 70
            From: <sip:sender@example.net>;tag={callId}
            To: <sip:{user}@localhost>
            Call-ID: {callId}
            CSeq: 1 MESSAGE
            Content-Type: text/plain
            Content-Length: {body.Length}

            {body}
            """;
        return new Deposit(callId, user, body, Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")));
    }
}
