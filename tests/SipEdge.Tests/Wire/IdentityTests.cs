using System.Text.RegularExpressions;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Who is believed, and who has to prove who he is.</summary>
public sealed class IdentityTests(ServiceInTheOpen service) : IClassFixture<ServiceInTheOpen>, IDisposable
{
    private const string Bob = "sip:bob@example.net";
    private const string Deferred = "sip:Deferred@im.example.net";
    private const string Text = "Content-Type: text/plain\n";

    private readonly RawSip _sip = new(service.Sip);
    private string _authorized = string.Empty; // the last request with credentials

    [Fact]
    public async Task Message_WithoutIdentity_IsChallengedWithTheBetterAlgorithmFirst()
    {
        var answer = await _sip.ExchangeAsync(_sip.Request("MESSAGE", Bob, Text, "x"));

        answer.StatusCode.ShouldBe(401);
        var challenges = answer.Headers.ToList(SipHeaderName.WwwAuthenticate);
        challenges.Count.ShouldBe(2);
        challenges[0].ShouldContain("algorithm=SHA-256");
        challenges[1].ShouldContain("algorithm=MD5");
        challenges.ShouldAllBe(challenge => challenge.Contains("realm=\"im.example.net\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MESSAGE", Bob)]
    [InlineData("INVITE", Deferred)]
    [Requirement("D15")]
    public async Task Request_WithAnAssertedIdentityFromAnyone_IsNotBelieved(string method, string uri)
    {
        var headers = $"P-Asserted-Identity: <{Bob}>\nContact: <sip:bob@{_sip.Local}>\nContent-Type: application/sdp\n";

        (await _sip.ExchangeAsync(_sip.Request(method, uri, headers, RawRetrieval.Offer(), Bob))).StatusCode.ShouldBe(401);
    }

    [Fact]
    public async Task Message_WithCredentials_IsTakenAndWithWrongOnesNot()
    {
        (await AuthorizeAsync("MESSAGE", Bob, "alice", "wonderland", Text, "x")).StatusCode.ShouldBe(202);
        (await AuthorizeAsync("MESSAGE", Bob, "alice", "guessed", Text, "x")).StatusCode.ShouldBe(401);
        (await AuthorizeAsync("MESSAGE", Bob, "nobody", "wonderland", Text, "x")).StatusCode.ShouldBe(401);
    }

    [Fact]
    [Requirement("D9")]
    public async Task Message_RepeatedWithItsCredentials_IsTakenAgainAndOthersWithThemAreNot()
    {
        (await AuthorizeAsync("MESSAGE", "sip:dave@example.net", "alice", "wonderland", Text, "what was said")).StatusCode.ShouldBe(202);

        // Over another branch the transaction layer does not know it; the mailbox does.
        var repeated = Regex.Replace(_authorized, "branch=[^;]*", $"branch=z9hG4bK{RawSip.NextMark()}", RegexOptions.NonBacktracking);
        (await _sip.ExchangeAsync(repeated)).StatusCode.ShouldBe(202);

        var other = repeated.Replace("branch=", "branch=z9hG4bKother", StringComparison.Ordinal).Replace("what was", "what is ", StringComparison.Ordinal);
        var answer = await _sip.ExchangeAsync(other);
        answer.StatusCode.ShouldBe(401);
        answer.Headers.ToList(SipHeaderName.WwwAuthenticate).ShouldAllBe(challenge => challenge.Contains("stale=true", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("DM-12.2.1-1")]
    public async Task Invite_OfAUserWhoMayNotRetrieve_Is403AndSaysWhy()
    {
        var answer = await AuthorizeAsync(
            "INVITE", Deferred, "carol", "christmas", $"Contact: <sip:carol@{_sip.Local}>\nContent-Type: application/sdp\n", RawRetrieval.Offer());

        answer.StatusCode.ShouldBe(403);
        answer.GetText(SipHeaderName.Warning).ShouldBe("399 im.example.net \"you are not allowed to retrieve deferred messages\"");
    }

    [Fact]
    [Requirement("D15")]
    public async Task Invite_FromAndToOfAnotherUser_DoNotChooseHisMailbox()
    {
        (await AuthorizeAsync("MESSAGE", Bob, "alice", "wonderland", Text, "for bob")).StatusCode.ShouldBe(202);

        // Alice proves that she is Alice, and claims to be Bob everywhere else: her own mailbox is asked, and it is empty.
        var answer = await AuthorizeAsync(
            "INVITE",
            Deferred,
            "alice",
            "wonderland",
            $"Contact: <sip:bob@{_sip.Local}>\nP-Asserted-Identity: <{Bob}>\nContent-Type: application/sdp\n",
            RawRetrieval.Offer(),
            Bob);
        answer.StatusCode.ShouldBe(488);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("no messages");
    }

    public void Dispose() => _sip.Dispose();

    private async Task<SipMessage> AuthorizeAsync(
        string method, string uri, string user, string password, string headers, string body, string? from = null)
    {
        var mark = RawSip.NextMark();
        var challenge = await _sip.ExchangeAsync(_sip.Request(method, uri, headers, body, from, mark));
        challenge.StatusCode.ShouldBe(401);
        if (method == "INVITE")
        {
            Acknowledge(challenge, uri, mark);
        }

        var fields = Regex.Matches(challenge.Headers.ToList(SipHeaderName.WwwAuthenticate)[0], @"(?<name>\w+)=""(?<value>[^""]*)""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        var ha1 = DigestHash.Ha1(DigestAlgorithm.Sha256, user, fields["realm"], password);
        var response = DigestHash.Response(DigestAlgorithm.Sha256, ha1, fields["nonce"], "00000001", "cafe", method, uri);
        var authorization = $"Authorization: Digest username=\"{user}\", realm=\"{fields["realm"]}\", nonce=\"{fields["nonce"]}\", "
            + $"uri=\"{uri}\", response=\"{response}\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"cafe\"\n";
        _authorized = _sip.Request(method, uri, headers + authorization, body, from, mark)
            .Replace($"CSeq: 1 {method}", $"CSeq: 2 {method}", StringComparison.Ordinal);
        return await _sip.ExchangeAsync(_authorized);
    }

    // An INVITE's failure wants its ACK, or it is repeated into the next exchange (RFC 3261 17.1.1.3).
    private void Acknowledge(SipMessage failure, string uri, string mark)
    {
        var branch = failure.TopVia.Parameters.Get("branch"u8).ToString();
        _sip.Send($"ACK {uri} SIP/2.0\nVia: SIP/2.0/UDP {_sip.Local};branch={branch};rport\nMax-Forwards: 70\n"
            + $"From: {failure.GetText(SipHeaderName.From)}\nTo: {failure.GetText(SipHeaderName.To)}\nCall-ID: {mark}@test\nCSeq: 1 ACK\nContent-Length: 0\n\n");
    }
}
