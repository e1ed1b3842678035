using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Authentication;

public sealed class DigestTests
{
    private const string Realm = "im.example.net";

    private readonly SimulatedClock _clock = new();
    private readonly SipIdentifiers _random = SipIdentifiers.FromSeed(1);
    private readonly SipResponseBuilder _responses = new();
    private readonly SipRequestBuilder _requests = new();
    private readonly DigestServer _server;

    public DigestTests() => _server = Server(new DigestOptions { Realm = Realm });

    // RFC 7616 3.9.1, whose example uses the same arithmetic for both algorithms.
    [Theory]
    [InlineData(DigestAlgorithm.Md5, "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Response_OfTheExampleOfRfc7616_IsTheOneThatStandsThere(DigestAlgorithm algorithm, string expected) =>
        DigestHash.Response(
            algorithm,
            DigestHash.Ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life"),
            "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            "00000001",
            "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
            "GET",
            "/dir/index.html").ShouldBe(expected);

    [Fact]
    public void Challenge_OffersSha256BeforeMd5()
    {
        var challenge = Challenge(DigestVerdict.Absent);
        var values = Values(challenge);

        values.Count.ShouldBe(2);
        values[0].ShouldContain("algorithm=SHA-256");
        values[1].ShouldContain("algorithm=MD5");
        values.ShouldAllBe(v => v.Contains("qop=\"auth\"", StringComparison.Ordinal) && !v.Contains("stale", StringComparison.Ordinal));
    }

    [Fact]
    public void Request_WithoutCredentials_IsAbsent() =>
        _server.Verify(Parse(Octets(Request("INVITE"))), out _).ShouldBe(DigestVerdict.Absent);

    [Fact]
    public void Request_WithCredentialsOfAnotherRealm_IsAbsent() =>
        _server.Verify(Parse(Octets(Request("INVITE", extra: "Authorization: Digest realm=\"other\", username=\"bob\"\r\n"))), out _)
            .ShouldBe(DigestVerdict.Absent);

    [Fact]
    public void Answer_OfTheClient_IsValidOnce()
    {
        var request = Authorize("bob", "secret");

        request.GetText(SipHeaderName.Authorization)!.ShouldContain("algorithm=SHA-256");
        request.CSeq.Number.ShouldBe(2u);
        _server.Verify(request, out var userName).ShouldBe(DigestVerdict.Valid);
        userName.ShouldBe("bob");
        _server.Verify(request, out userName).ShouldBe(DigestVerdict.Repeated); // good for nothing new
        userName.ShouldBe("bob");
        Values(Challenge(DigestVerdict.Repeated)).ShouldAllBe(v => v.EndsWith("stale=true", StringComparison.Ordinal));
    }

    [Fact]
    public void Answer_ToANonceOfAFormerStart_IsGoodForRepeatsOnly()
    {
        var request = Authorize("bob", "secret");
        _clock.AdvanceTo(_clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        var restarted = Server(new DigestOptions { Realm = Realm });

        restarted.Verify(request, out var userName).ShouldBe(DigestVerdict.Repeated);
        userName.ShouldBe("bob");
        restarted.Verify(Authorize("bob", "secret", Challenge(DigestVerdict.Absent, server: restarted)), out _).ShouldBe(DigestVerdict.Valid);
    }

    [Fact]
    public void Repeat_AcrossTheEndOfTheNonce_IsKnownAsLongAsRequestsAreSentAgain()
    {
        var request = Authorize("bob", "secret");
        _server.Verify(request, out _).ShouldBe(DigestVerdict.Valid);

        _clock.AdvanceTo(_clock.GetUtcNow() + TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(32));
        _server.Verify(request, out _).ShouldBe(DigestVerdict.Repeated);
        _clock.AdvanceTo(_clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        _server.Verify(request, out var userName).ShouldBe(DigestVerdict.Stale);
        userName.ShouldBeEmpty();
    }

    [Fact]
    public void Answer_WithMd5Only_IsValid()
    {
        var challenge = Challenge(DigestVerdict.Absent, md5Only: true);
        var request = Authorize("bob", "secret", challenge);

        request.GetText(SipHeaderName.Authorization)!.ShouldContain("algorithm=MD5");
        _server.Verify(request, out _).ShouldBe(DigestVerdict.Valid);
    }

    [Fact]
    public void Answer_WithMd5WhereItIsNotOffered_IsInvalid()
    {
        var strict = Server(new DigestOptions { Realm = Realm, OfferMd5 = false });
        var request = Authorize("bob", "secret", Challenge(DigestVerdict.Absent, md5Only: true));

        strict.Verify(request, out _).ShouldBe(DigestVerdict.Invalid);
    }

    [Theory]
    [InlineData("bob", "wrong")]
    [InlineData("nobody", "secret")]
    public void Answer_ByTheWrongOne_IsInvalid(string userName, string password) =>
        _server.Verify(Authorize(userName, password), out _).ShouldBe(DigestVerdict.Invalid);

    [Theory]
    [InlineData("uri=\"sip:bob@example.net\"", "uri=\"sip:eve@example.net\"")]
    [InlineData("nc=00000001", "nc=00000002")]
    [InlineData("nc=00000001", "nc=1")]
    [InlineData("qop=auth", "qop=auth-int")]
    [InlineData("username=\"bob\"", "username=\"alice\"")]
    [InlineData("username=\"bob\", ", "")]
    [InlineData("algorithm=SHA-256", "algorithm=SHA-256-sess")]
    public void Answer_TamperedWith_IsInvalid(string part, string other)
    {
        var tampered = Authorize("bob", "secret").ToString().Replace(part, other, StringComparison.Ordinal);

        _server.Verify(Parse(Octets(tampered)), out _).ShouldBe(DigestVerdict.Invalid);
    }

    [Fact]
    public void Answer_ForAnotherRequestUri_IsInvalid()
    {
        var moved = Authorize("bob", "secret").ToString().Replace("INVITE sip:bob@", "INVITE sip:eve@", StringComparison.Ordinal);

        _server.Verify(Parse(Octets(moved)), out _).ShouldBe(DigestVerdict.Invalid);
    }

    [Fact]
    public void Answer_ForTheSameRequestUriInAnotherSpelling_IsValid()
    {
        var respelt = Authorize("bob", "secret").ToString().Replace("INVITE sip:bob@example.net", "INVITE sip:b%6Fb@EXAMPLE.net", StringComparison.Ordinal);

        _server.Verify(Parse(Octets(respelt)), out _).ShouldBe(DigestVerdict.Valid);
    }

    [Fact]
    public void Answer_ToAnOldNonce_IsStaleAndTheClientTriesAgain()
    {
        var request = Authorize("bob", "secret");
        _clock.AdvanceTo(_clock.GetUtcNow() + TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        _server.Verify(request, out _).ShouldBe(DigestVerdict.Stale);

        var challenge = Challenge(DigestVerdict.Stale);
        Values(challenge).ShouldAllBe(v => v.EndsWith("stale=true", StringComparison.Ordinal));
        var again = Authorize("bob", "secret", challenge, request);
        _server.Verify(again, out _).ShouldBe(DigestVerdict.Valid);
    }

    [Fact]
    public void Answer_ToANonceOfAnotherServer_IsStale()
    {
        var other = Server(new DigestOptions { Realm = Realm }, secret: 9);
        var challenge = Challenge(DigestVerdict.Absent, server: other);

        _server.Verify(Authorize("bob", "secret", challenge), out _).ShouldBe(DigestVerdict.Stale);
    }

    [Fact]
    public void Client_ThatWasRefused_DoesNotTryTheSameAgain()
    {
        var request = Authorize("bob", "wrong");
        var client = new DigestClient("bob", "wrong", _random);

        client.TryAuthorize(request, Challenge(DigestVerdict.Invalid), _requests).ShouldBeFalse();
    }

    [Fact]
    public void Client_OffersNothingToAnUnknownAlgorithm() =>
        new DigestClient("bob", "secret", _random).TryAuthorize(
            Parse(Octets(Request("INVITE"))),
            Parse(Octets(Response(Parse(Octets(Request("INVITE"))), 401, extra: "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512, qop=\"auth\"\r\n"))),
            _requests).ShouldBeFalse();

    [Fact]
    public void Counts_OfOneNonce_AreGoodOnceAndLateOnesToo()
    {
        var counts = new NonceCounts(10);
        counts.TryUse("n", 1, 1).ShouldBeTrue();
        counts.TryUse("n", 1, 5).ShouldBeTrue();
        counts.TryUse("n", 1, 3).ShouldBeTrue();
        counts.TryUse("n", 1, 3).ShouldBeFalse();
        counts.TryUse("n", 1, 5).ShouldBeFalse();
        counts.TryUse("n", 1, 100).ShouldBeTrue();
        counts.TryUse("n", 1, 37).ShouldBeTrue(); // 63 below
        counts.TryUse("n", 1, 36).ShouldBeFalse();
    }

    [Fact]
    public void Counts_AtTheirBound_MakeTheOldestStale()
    {
        var counts = new NonceCounts(2);
        counts.TryUse("a", 1, 1).ShouldBeTrue();
        counts.TryUse("b", 2, 1).ShouldBeTrue();
        counts.TryUse("c", 3, 1).ShouldBeTrue();

        counts.Count.ShouldBe(2);
        counts.TryUse("a", 1, 2).ShouldBeFalse(); // forgotten, so it must not pass for new
        counts.TryUse("b", 2, 2).ShouldBeTrue();
    }

    private static List<string> Values(SipMessage challenge)
    {
        var values = new List<string>();
        foreach (var header in challenge.Headers)
        {
            if (header.Name == SipHeaderName.WwwAuthenticate)
            {
                values.Add(header.ToText());
            }
        }

        return values;
    }

    private DigestServer Server(DigestOptions options, byte secret = 1) =>
        new(options, new OneUser(), Enumerable.Repeat(secret, 32).ToArray(), _clock, _random);

    private SipMessage Challenge(DigestVerdict verdict, bool md5Only = false, DigestServer? server = null)
    {
        var builder = _responses.Start(Parse(Octets(Request("INVITE"))), 401, "tag"u8);
        (server ?? _server).Challenge(builder, verdict);
        var text = System.Text.Encoding.UTF8.GetString(builder.ToArray());
        return Parse(Octets(md5Only ? string.Join("\r\n", text.Split("\r\n").Where(l => !l.Contains("SHA-256", StringComparison.Ordinal))) : text));
    }

    private SipMessage Authorize(string userName, string password, SipMessage? challenge = null, SipMessage? request = null)
    {
        var client = new DigestClient(userName, password, _random);
        client.TryAuthorize(request ?? Parse(Octets(Request("INVITE", body: "v=0", extra: "Content-Type: application/sdp\r\nX-Own: 1\r\n"))), challenge ?? Challenge(DigestVerdict.Absent), _requests)
            .ShouldBeTrue();
        var authorized = Parse(_requests.Via("UDP", "localhost", -1, "z9hG4bKnew"u8).ToArray());
        authorized.Body.ToString().ShouldBe("v=0");
        authorized.TryGet("X-Own"u8, out _).ShouldBeTrue();
        return authorized;
    }

    private sealed class OneUser : IDigestCredentials
    {
        public string? FindHa1(string userName, string realm, DigestAlgorithm algorithm) =>
            userName == "bob" ? DigestHash.Ha1(algorithm, userName, realm, "secret") : null;
    }
}
