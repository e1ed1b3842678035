using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Authentication;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Only who knows the password is told that another nonce is all he needs (RFC 7616 3.3): others are not to try it again.</summary>
public sealed class StaleCredentialsTests(ServiceInTheOpen service) : IClassFixture<ServiceInTheOpen>, IDisposable
{
    private const string OldNonce = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly RawSip _sip = new(service.Sip);

    [Theory]
    [InlineData("MESSAGE", "sip:bob@example.net", "wonderland", true)]
    [InlineData("MESSAGE", "sip:bob@example.net", "guessed", false)]
    [InlineData("MESSAGE", "sip:bob@example.net", null, false)]
    [InlineData("INVITE", "sip:Deferred@im.example.net", "wonderland", true)]
    [InlineData("INVITE", "sip:Deferred@im.example.net", "guessed", false)]
    [InlineData("INVITE", "sip:Deferred@im.example.net", null, false)]
    public async Task Request_WithANonceThatIsNoneOfOurs_IsToldSoOnlyWhenThePasswordIsRight(string method, string uri, string? password, bool isStale)
    {
        var answer = await _sip.ExchangeAsync(_sip.Request(
            method, uri, $"Contact: <sip:alice@{_sip.Local}>\n{Authorization(method, uri, password)}Content-Type: application/sdp\n", RawRetrieval.Offer()));

        answer.StatusCode.ShouldBe(401);
        var challenges = answer.Headers.ToList(SipHeaderName.WwwAuthenticate);
        challenges.Count.ShouldBe(2);
        challenges.ShouldAllBe(challenge => challenge.Contains("stale=true", StringComparison.Ordinal) == isStale);
    }

    public void Dispose() => _sip.Dispose();

    private static string Authorization(string method, string uri, string? password)
    {
        if (password is null)
        {
            return string.Empty;
        }

        var ha1 = DigestHash.Ha1(DigestAlgorithm.Sha256, "alice", "im.example.net", password);
        var response = DigestHash.Response(DigestAlgorithm.Sha256, ha1, OldNonce, "00000001", "cafe", method, uri);
        return $"Authorization: Digest username=\"alice\", realm=\"im.example.net\", nonce=\"{OldNonce}\", uri=\"{uri}\", "
            + $"response=\"{response}\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"cafe\"\n";
    }
}
