using System.Globalization;
using System.Net;
using System.Text;
using PosteRestante.Client.Settings;
using PosteRestante.SipStack.Sip.Authentication;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>One MESSAGE of the load, as its sender keeps it for retransmissions.</summary>
internal sealed record Deposit(string CallId, string User, string Body, int CSeq, byte[] Octets)
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
        return new Deposit(callId, user, body, CSeq: 1, Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")));
    }

    /// <summary>The same message, as its sender sends it again when it is challenged: with the next CSeq (RFC 3261 22.2).</summary>
    public Deposit Authorized(SipReply challenge, ClientAccount sender)
    {
        var uri = $"sip:{User}@localhost";
        var (realm, nonce) = (challenge.Quoted("realm"), challenge.Quoted("nonce"));
        var ha1 = DigestHash.Ha1(DigestAlgorithm.Sha256, sender.UserName, realm, sender.Password);
        var response = DigestHash.Response(DigestAlgorithm.Sha256, ha1, nonce, "00000001", CallId, "MESSAGE", uri);
        var authorization = $"Authorization: Digest username=\"{sender.UserName}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", "
            + $"response=\"{response}\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"{CallId}\"\r\n";
        List<string> lines = [.. Encoding.ASCII.GetString(Octets).Split("\r\n")];
        lines.RemoveAll(line => line.StartsWith("Authorization:", StringComparison.Ordinal));
        lines[lines.IndexOf(Line(CSeq))] = authorization + Line(CSeq + 1);
        var text = string.Join("\r\n", lines).Replace("branch=z9hG4bK", "branch=z9hG4bKnext", StringComparison.Ordinal);
        return this with { CSeq = CSeq + 1, Octets = Encoding.ASCII.GetBytes(text) };
    }

    private static string Line(int cseq) => string.Create(CultureInfo.InvariantCulture, $"CSeq: {cseq} MESSAGE");
}
